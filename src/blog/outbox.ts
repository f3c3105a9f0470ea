import type { BaseContext } from '../core/action.ts';
import type { StateDatabase } from '../core/database.ts';
import type { Delivery, Message, Notifier } from '../core/notify.ts';
import type { Finding } from '../core/outcome.ts';
import { endMessages, postponeMessages, waitingMessages, type WaitingMessage } from './messages.ts';

/**
 * What is to be told is kept first, for each channel by itself, and then sent: what a channel does not take waits for a
 * later run, and a channel that took it does not get it twice. A run that dies between the two sends it again: a
 * message comes at least once.
 */
export interface Outbox {
  readonly state: StateDatabase;
  /** The blog's name. */
  readonly site: string;
  readonly notifier: Notifier;
  /** Whose messages are sent: of hosts, or of jobs. */
  readonly topic: 'hosts' | 'job';
  readonly nowMs: number;
  readonly signal: AbortSignal;
  readonly change: BaseContext<unknown>['change'];
}

/** What became of the messages that waited. */
export interface Sent {
  /** Channels that took what there was for them. */
  readonly told: number;
  /** Channels that did not. */
  readonly failed: number;
  /** Messages that nobody tries any more. */
  readonly givenUp: number;
  readonly findings: readonly Finding[];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The pause after each attempt that failed; after more of them the last. */
const pausesMs = [minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs, 3 * hourMs];
/** A message that could not be sent for so long is none any more. */
const longestWaitMs = 72 * hourMs;

/**
 * Sends what waits, the messages of one channel as one. In a dry run `added` stands for what would have been kept
 * before.
 */
export async function sendWaiting(outbox: Outbox, added: Message | null): Promise<Sent> {
  const { state, site, topic, nowMs, notifier, change, signal } = outbox;
  const kept = state.isReady ? await waitingMessages(state, site, topic, nowMs) : [];
  const isKept = added === null || kept.some(({ at, about }) => at === added.at && about === added.about);
  const fresh = isKept ? [] : notifier.channels.map((channel) => ({ ...added, channel, id: 0, attempts: 0 }));
  const groups = new Map<string, WaitingMessage[]>();
  const lost: WaitingMessage[] = [];
  for (const message of [...kept, ...fresh]) {
    const isLost = !notifier.channels.includes(message.channel) || nowMs - Date.parse(message.at) > longestWaitMs;
    if (isLost) lost.push(message);
    else groups.set(message.channel, [...(groups.get(message.channel) ?? []), message]);
  }
  const findings = await giveUp(outbox, lost);
  // All at once, as soon as the first is wanted: a server that does not answer must not keep the others waiting.
  let started: ReadonlyMap<string, Promise<Delivery>> | undefined;
  const deliveryOn = async (channel: string): Promise<Delivery | undefined> => {
    started ??= new Map([...groups].map(([name, messages]) => [name, deliver(notifier, name, messages, signal)]));
    return started.get(channel);
  };
  let [told, failed] = [0, 0];
  for (const [channel, messages] of groups) {
    const target = `${channel}: ${mergedSubject(messages)}`;
    try {
      await change({ what: 'tell', target }, async () => {
        const delivery = await deliveryOn(channel);
        if (delivery?.failure === null) return endMessages(state, messages, { status: 'sent', nowMs });
        throw new NotToldError(delivery);
      });
      told++;
    } catch (error) {
      if (!(error instanceof NotToldError)) throw error;
      // Whoever told us to stop, this attempt was none.
      signal.throwIfAborted();
      failed++;
      findings.push(await postpone(outbox, channel, messages, error));
    }
  }
  return { told, failed, givenUp: lost.length, findings };
}

class NotToldError extends Error {
  readonly retryAfterMs: number;

  constructor(delivery: Delivery | undefined) {
    super(delivery?.failure ?? 'the channel is gone');
    this.retryAfterMs = delivery?.retryAfterMs ?? 0;
  }
}

async function deliver(
  notifier: Notifier,
  channel: string,
  messages: readonly WaitingMessage[],
  signal: AbortSignal,
): Promise<Delivery> {
  const [delivery] = await notifier.send(merged(messages), [channel], signal);
  return delivery ?? { channel, failure: 'the channel is gone', retryAfterMs: null };
}

async function postpone(
  { state, nowMs }: Outbox,
  channel: string,
  messages: readonly WaitingMessage[],
  { message: failure, retryAfterMs }: NotToldError,
): Promise<Finding> {
  const attempts = Math.max(...messages.map((message) => message.attempts));
  const pauseMs = Math.max(pausesMs[Math.min(attempts, pausesMs.length - 1)] ?? hourMs, retryAfterMs);
  // A little early, so that a job of every hour does not miss its hour by the seconds of its own work.
  await postponeMessages(state, messages, { failure, nextTryMs: nowMs + Math.min(pauseMs, 24 * hourMs) - 5000 });
  return { kind: 'not-told', target: channel, message: `${failure}; it is kept, and a later run tries again` };
}

async function giveUp({ state, nowMs, notifier, change }: Outbox, lost: readonly WaitingMessage[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const channel of new Set(lost.map((message) => message.channel))) {
    const messages = lost.filter((message) => message.channel === channel);
    const isNamed = notifier.channels.includes(channel);
    const reason = isNamed ? 'three days have passed' : 'the configuration does not name it any more';
    const target = `${messages.length} message${messages.length === 1 ? '' : 's'} for ${channel}`;
    await change({ what: 'give up', target }, () => endMessages(state, messages, { status: 'given up', nowMs }));
    findings.push({ kind: 'given-up', target: channel, message: `${target}: given up, ${reason}` });
  }
  return findings;
}

// After a long failure one message says all, and no service thinks itself flooded.
function merged(messages: readonly WaitingMessage[]): Message {
  const [first] = messages;
  const last = messages.at(-1) ?? first;
  if (first === undefined || last === undefined) throw new Error('nothing to send');
  if (messages.length === 1) return first;
  const body = messages.map((message) => `${message.subject}\n${message.body}`).join('\n\n');
  return { subject: mergedSubject(messages), body, about: last.about, at: last.at };
}

function mergedSubject(messages: readonly WaitingMessage[]): string {
  const last = messages.at(-1)?.subject ?? '';
  return messages.length === 1 ? last : `${last} (+${messages.length - 1})`;
}
