import type { BaseContext } from '../core/action.ts';
import type { StateDatabase } from '../core/database.ts';
import { UntoldError } from '../core/errors.ts';
import type { Message, Notifier } from '../core/notify.ts';
import type { Finding } from '../core/outcome.ts';
import { pause } from '../core/pause.ts';
import {
  channelStates,
  claimChannel,
  isClosed,
  releaseChannel,
  type ChannelEnd,
  type ChannelState,
} from './channels.ts';
import { awaitedChannels, endMessages, noteFailure, waitingMessages, type WaitingMessage } from './messages.ts';

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
  /** Messages that nobody tries any more, after three days. */
  readonly givenUp: number;
  /** No channel works: each has failed three times in a row or more, and this was one of those times. */
  readonly isCutOff: boolean;
  readonly findings: readonly Finding[];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const pausesMs = [minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs, 3 * hourMs];
// A little early, so that a job of every hour does not miss its hour by the seconds of its own work.
const earlyMs = 5000;
const longestPauseMs = 24 * hourMs;
/** A message that could not be sent for so long is none any more. */
const longestWaitMs = 72 * hourMs;
/** A channel that has failed so often in a row is not one that has hiccups. */
const manyFailures = 3;
/** How long to wait for another process that sends by the same channel: it may take ours along. */
const patience = { times: 40, eachMs: 250 };

/**
 * Until when a channel that has failed at `nowMs` is left alone, by how often it failed in a row before; `askedMs` where
 * it asks for a pause of its own.
 */
export function closedUntilMs(nowMs: number, failuresBefore: number, askedMs = 0): number {
  const pauseMs = Math.max(pausesMs[Math.min(failuresBefore, pausesMs.length - 1)] ?? hourMs, askedMs);
  return nowMs + Math.min(pauseMs, longestPauseMs) - earlyMs;
}

/**
 * Sends what waits, the messages of one channel as one, by each channel that is not closed after a failure. Of processes
 * that end in the same second one sends by a channel. In a dry run `added` stands for what would have been kept before.
 */
export async function sendWaiting(outbox: Outbox, added: Message | null): Promise<Sent> {
  const { state, site, nowMs, notifier, change, signal } = outbox;
  const awaited = state.isReady ? await awaitedChannels(state, outbox) : [];
  const named = notifier.channels.filter((channel) => awaited.includes(channel) || added !== null);
  if (awaited.length === 0 && named.length === 0)
    return { told: 0, failed: 0, givenUp: 0, isCutOff: false, findings: [] };
  const states = await channelStates(state, site);
  const groups = new Map<string, readonly WaitingMessage[]>();
  const findings: Finding[] = [];
  let givenUp = 0;
  for (const channel of new Set([...awaited, ...named])) {
    const { lost, messages } = await sorted(outbox, channel, added);
    if (lost.length > 0) findings.push(await giveUp(outbox, channel, lost));
    // Who was taken out of the configuration is missed by nobody.
    if (notifier.channels.includes(channel)) givenUp += lost.length;
    if (messages.length > 0 && !isClosed(states.get(channel), nowMs)) groups.set(channel, messages);
  }
  // All at once, as soon as the first is wanted: a server that does not answer must not keep the others waiting.
  let started: ReadonlyMap<string, Promise<Attempt>> | undefined;
  const attemptOn = async (channel: string): Promise<Attempt | undefined> => {
    started ??= new Map([...groups.keys()].map((name) => [name, claimAndSend(outbox, name, states.get(name))]));
    // What one of them throws is told when its turn comes, and never after the last of them has ended.
    await Promise.allSettled(started.values());
    return started.get(channel);
  };
  let [told, failed] = [0, 0];
  for (const [channel, messages] of groups) {
    try {
      await change({ what: 'tell', target: `${channel}: ${mergedSubject(messages)}` }, async () => {
        const attempt = await attemptOn(channel);
        if (attempt !== 'sent')
          throw new NotSentError(attempt === undefined || attempt === 'left' ? null : attempt.failure);
      });
      told++;
    } catch (error) {
      if (!(error instanceof NotSentError)) throw error;
      // Whoever told us to stop, this attempt was none.
      signal.throwIfAborted();
      if (error.failure === null) continue;
      failed++;
      const message = `${error.failure}; it is kept, and a later run tries again`;
      findings.push({ kind: 'not-told', target: channel, message });
    }
  }
  const isCutOff = failed > 0 && told === 0 && (await areAllDown(outbox));
  return { told, failed, givenUp, isCutOff, findings };
}

/**
 * Why the owner hears nothing of what was to be told, where that is no hiccup: no channel works, or messages were given
 * up. Null where there is nothing to complain of.
 */
export function untoldOf({ isCutOff, givenUp, findings }: Sent): UntoldError | null {
  if (!isCutOff && givenUp === 0) return null;
  const reasons = findings.map(({ target, message }) => `${target}: ${message}`);
  const what = isCutOff ? 'nobody can be told: no channel of notify works' : 'somebody was not told';
  return new UntoldError([what, ...reasons].join('\n  '), { hint: 'Try them all: blogctl notify' });
}

/** Sent; left to another process, or to a later run; or not taken. */
type Attempt = 'sent' | 'left' | { readonly failure: string };

class NotSentError extends Error {
  /** Null where it was left to somebody else. */
  readonly failure: string | null;

  constructor(failure: string | null) {
    super(failure ?? 'another process sends it');
    this.failure = failure;
  }
}

/** The messages that wait for a channel, and those of them that nobody is to wait for any more. */
async function sorted(
  outbox: Outbox,
  channel: string,
  added: Message | null = null,
): Promise<{ readonly lost: readonly WaitingMessage[]; readonly messages: readonly WaitingMessage[] }> {
  const { state, notifier, nowMs } = outbox;
  const kept = state.isReady ? await waitingMessages(state, outbox, channel) : [];
  const isNamed = notifier.channels.includes(channel);
  const isLost = (message: WaitingMessage): boolean => !isNamed || nowMs - Date.parse(message.at) > longestWaitMs;
  const isKept = added === null || kept.some(({ at, about }) => at === added.at && about === added.about);
  const fresh = isKept || !isNamed ? [] : [{ ...added, channel, id: 0, attempts: 0 }];
  return { lost: kept.filter(isLost), messages: [...kept.filter((message) => !isLost(message)), ...fresh] };
}

async function claimAndSend(outbox: Outbox, channel: string, known: ChannelState | undefined): Promise<Attempt> {
  const { state, site, nowMs, signal } = outbox;
  const key = { site, channel };
  const claimant = crypto.randomUUID();
  let attempt: Attempt = 'left';
  for (let times = 0; times < patience.times; times++) {
    // Perhaps somebody else has sent it by now.
    const { messages } = await sorted(outbox, channel);
    if (messages.length === 0) return attempt;
    const claim = await claimChannel(state, key, claimant, nowMs);
    if (claim === 'closed') return attempt;
    if (claim === 'busy') {
      await pause(patience.eachMs, signal);
      continue;
    }
    const end = await sendClaimed(outbox, channel, known?.failures ?? 0, (use) =>
      releaseChannel(state, key, claimant, use),
    );
    if (typeof end === 'object') return end;
    // Who came while the claim was ours has left theirs to us: look again.
    if (end === 'sent') attempt = end;
  }
  return attempt;
}

async function sendClaimed(
  outbox: Outbox,
  channel: string,
  failuresBefore: number,
  release: (use: { readonly isUsed: boolean; readonly end: ChannelEnd }) => Promise<void>,
): Promise<Attempt> {
  const { state, nowMs, notifier, signal } = outbox;
  let use: { readonly isUsed: boolean; readonly end: ChannelEnd } = { isUsed: false, end: null };
  try {
    // Once more: only now nobody else can send them.
    const { messages } = await sorted(outbox, channel);
    if (messages.length === 0) return 'left';
    const [delivery] = await notifier.send(merged(messages), [channel], signal);
    const failure = delivery === undefined ? 'the channel is gone' : delivery.failure;
    if (failure === null) {
      await endMessages(state, messages, { status: 'sent', nowMs });
      use = { isUsed: true, end: null };
      return 'sent';
    }
    signal.throwIfAborted();
    await noteFailure(state, messages, failure);
    const until = closedUntilMs(nowMs, failuresBefore, delivery?.retryAfterMs ?? 0);
    use = { isUsed: true, end: { failure, failures: failuresBefore + 1, closedUntilMs: until } };
    return { failure };
  } finally {
    await release(use);
  }
}

async function areAllDown({ state, site, notifier }: Outbox): Promise<boolean> {
  const states = await channelStates(state, site);
  return notifier.channels.every((channel) => (states.get(channel)?.failures ?? 0) >= manyFailures);
}

async function giveUp(
  { state, nowMs, notifier, change }: Outbox,
  channel: string,
  messages: readonly WaitingMessage[],
): Promise<Finding> {
  const isNamed = notifier.channels.includes(channel);
  const reason = isNamed ? 'three days have passed' : 'the configuration does not name it any more';
  const target = `${messages.length} ${messages.length === 1 ? 'message' : 'messages'} for ${channel}`;
  await change({ what: 'give up', target }, () => endMessages(state, messages, { status: 'given up', nowMs }));
  return { kind: 'given-up', target: channel, message: `${target}: given up, ${reason}` };
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
