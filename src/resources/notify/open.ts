import { messageOf } from '../../core/errors.ts';
import type { Http } from '../../core/http.ts';
import type { Delivery, Message, Notifier, NotifySettings } from '../../core/notify.ts';
import { plainText, wellFormed } from '../../core/plain-text.ts';
import { createRedactor } from '../../core/redact.ts';
import { mailChannel, webhookChannel } from './channel-name.ts';
import { cutCharacters, plainMessage } from './plain-message.ts';

/** How people are told. */
export interface NotifierOptions {
  readonly settings: NotifySettings;
  /** What must never be shown: somebody may answer with what we sent. */
  readonly secrets: readonly string[];
  /** The blog's name in the configuration. */
  readonly blog: string;
  readonly hostname: string;
  /** The folder that a relative path is meant from. */
  readonly folder: string;
  readonly readOnly: boolean;
  readonly nowMs: () => number;
  readonly http: () => Promise<Http>;
}

/** What came of one attempt; `retryAfterMs` where the other side asks for a pause. */
export interface Attempt {
  readonly failure: string | null;
  readonly retryAfterMs?: number | null;
}

/** Some services answer at length. */
const mostFailure = 600;

interface Channel {
  readonly name: string;
  readonly send: (message: Message, signal: AbortSignal) => Promise<Attempt>;
}

/** Opens nothing yet: what speaks SMTP and HTTP is loaded with the first message. */
export function openNotifier(options: NotifierOptions): Notifier {
  const channels = channelsOf(options);
  const redactor = createRedactor();
  redactor.add(options.secrets);
  // The words of whoever answered. A secret is looked for once they are plain, or a control character in it would hide it;
  // cut when none is left: of half a secret nobody would know that it is one.
  const inWords = (failure: string): string =>
    cutCharacters(redactor.clean(wellFormed(plainText(failure))), mostFailure);
  const tell = async ({ name, send }: Channel, message: Message, signal: AbortSignal): Promise<Delivery> => {
    try {
      signal.throwIfAborted();
      const { failure, retryAfterMs = null } = await send(message, signal);
      return { channel: name, failure: failure === null ? null : inWords(failure), retryAfterMs };
    } catch (error) {
      const failure = signal.aborted ? `stopped before it was sent: ${messageOf(signal.reason)}` : messageOf(error);
      return { channel: name, failure: inWords(failure), retryAfterMs: null };
    }
  };
  return {
    channels: channels.map(({ name }) => name),
    send: async (message, to, signal) => {
      if (options.readOnly) throw new Error('a dry run cannot send a message');
      const plain = plainMessage(message);
      const wanted = channels.filter(({ name }) => to.includes(name));
      return Promise.all(wanted.map((channel) => tell(channel, plain, signal)));
    },
  };
}

function channelsOf(options: NotifierOptions): Channel[] {
  const { mail, webhooks } = options.settings;
  const mails = (mail?.to ?? []).map((to): Channel => ({
    name: mailChannel(to),
    send: async (message, signal) => {
      const { sendMail } = await import('./mail.ts');
      return sendMail(
        { ...options, mail: { ...mail, from: mail?.from ?? '', smtp: mail?.smtp ?? '' }, to },
        message,
        signal,
      );
    },
  }));
  const hooks = webhooks.map((hook): Channel => ({
    name: webhookChannel(hook),
    send: async (message, signal) => {
      const { postMessage } = await import('./webhook.ts');
      return postMessage(hook, options, message, signal);
    },
  }));
  return [...mails, ...hooks];
}
