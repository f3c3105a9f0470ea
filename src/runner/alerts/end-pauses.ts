import { reopenChannels } from '../../blog/channels.ts';
import { messageOf } from '../../core/errors.ts';
import type { Host } from '../../core/host.ts';
import { createRedactor } from '../../core/redact.ts';
import { within } from '../../core/within.ts';
import { openDatabase } from '../../resources/database/open.ts';
import type { Config } from '../config/config.ts';
import { namesDatabase } from '../config/load.ts';
import { storedZone } from '../open-resources.ts';
import { isUpToDate } from '../tables/ensure.ts';
import { endPauseWithoutRecords } from './without-records.ts';

/** What a test message waits for a database that says nothing. */
const mostMs = 5000;

/** What became of the pauses of channels that work again. */
export interface EndedPauses {
  readonly hasEnded: boolean;
  /** Why those in the database may not have; null where there is nothing in the way. */
  readonly failure: string | null;
}

/**
 * Ends the pauses of channels that have just taken a message: what waits for them goes out with the next run, and not
 * hours later. The database may be none, or out of reach: whoever sends a test message need not have one.
 */
export async function endPauses(config: Config, host: Host, channels: readonly string[]): Promise<EndedPauses> {
  if (channels.length === 0) return { hasEnded: false, failure: null };
  const isUnrecordedEnded = await endPauseWithoutRecords(config, host).catch(() => false);
  if (!namesDatabase(config)) return { hasEnded: isUnrecordedEnded, failure: null };
  try {
    const late = (): Error => new Error('the database does not answer');
    const isEnded = await within(endIn(config, channels), mostMs, late);
    return { hasEnded: isEnded || isUnrecordedEnded, failure: null };
  } catch (error) {
    const redactor = createRedactor();
    redactor.add(config.secrets);
    return { hasEnded: isUnrecordedEnded, failure: redactor.clean(messageOf(error)) };
  }
}

async function endIn(config: Config, channels: readonly string[]): Promise<boolean> {
  const url = config.state.database ?? config.database;
  const state = await openDatabase({ url, folder: config.folder, readOnly: false, zone: storedZone(config) });
  try {
    return (await isUpToDate(state)) && (await reopenChannels(state, config.blog.name, channels));
  } finally {
    await state.close();
  }
}
