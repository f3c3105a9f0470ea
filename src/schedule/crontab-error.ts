import { FailedError } from '../core/errors.ts';

/** A crontab that cannot be read, changed or trusted; the message is one sentence that says what to do. */
export class CrontabError extends FailedError {}
