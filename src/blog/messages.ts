import type { Selectable } from 'kysely';
import type { Database } from '../core/database.ts';
import { isoUtc } from '../core/host.ts';
import type { Message } from '../core/notify.ts';
import { plainText, wellFormed } from '../core/plain-text.ts';
import type { MessageTable } from '../core/state-tables.ts';

/** A message that waits for its channel. */
export interface WaitingMessage extends Message {
  /** 0 in a dry run, which keeps none. */
  readonly id: number;
  readonly channel: string;
  /** How often it was tried. */
  readonly attempts: number;
}

// A text column of MySQL holds 65,535 bytes; a character of UTF-8 takes up to four.
const mostCharacters = 15_000;
const mostAtOnce = 200;
const mostFailure = 1000;

/** Keeps a message for each of the channels. */
export async function keepMessage(
  { query }: Database,
  site: string,
  message: Message,
  channels: readonly string[],
): Promise<void> {
  const common = {
    site,
    about: message.about,
    subject: cut(message.subject.replace(/[\r\n]+/g, ' ')),
    body: cut(message.body),
    status: 'waiting',
    attempts: 0,
    created_at: message.at,
    next_try_at: message.at,
  } as const;
  await query
    .insertInto('blogctl_message')
    .values(channels.map((channel) => ({ ...common, channel })))
    .execute();
}

/** The messages that are to be tried now, oldest first: those about hosts, or those about jobs. */
export async function waitingMessages(
  { query }: Database,
  site: string,
  topic: 'hosts' | 'job',
  nowMs: number,
): Promise<readonly WaitingMessage[]> {
  const rows = await query
    .selectFrom('blogctl_message')
    .selectAll()
    .where('status', '=', 'waiting')
    .where('site', '=', site)
    .where('next_try_at', '<=', isoUtc(nowMs))
    .where('about', 'like', `${topic}%`)
    .orderBy('id')
    .limit(mostAtOnce)
    .execute();
  return rows.map(fromRow);
}

/** Notes that messages arrived, or that nobody tries any more. */
export async function endMessages(
  { query }: Database,
  messages: readonly WaitingMessage[],
  end: { readonly status: 'sent' | 'given up'; readonly nowMs: number; readonly failure?: string | null },
): Promise<void> {
  const { status, nowMs, failure } = end;
  const noted = failure === undefined ? {} : { last_failure: failure?.slice(0, mostFailure) ?? null };
  await query
    .updateTable('blogctl_message')
    .set({ status, ended_at: isoUtc(nowMs), ...noted })
    .where('id', 'in', idsOf(messages))
    .execute();
}

/** Notes that messages did not arrive, and when to try again. */
export async function postponeMessages(
  { query }: Database,
  messages: readonly WaitingMessage[],
  { failure, nextTryMs }: { readonly failure: string; readonly nextTryMs: number },
): Promise<void> {
  await query
    .updateTable('blogctl_message')
    .set((row) => ({
      attempts: row('attempts', '+', 1),
      next_try_at: isoUtc(nextTryMs),
      last_failure: failure.slice(0, mostFailure),
    }))
    .where('id', 'in', idsOf(messages))
    .execute();
}

/** Removes messages that ended before an instant, some hundred at a time. */
export async function pruneMessages({ query }: Database, site: string, beforeMs: number): Promise<void> {
  const old = await query
    .selectFrom('blogctl_message')
    .select('id')
    .where('site', '=', site)
    .where('status', 'in', ['sent', 'given up'])
    .where('created_at', '<', isoUtc(beforeMs))
    .limit(500)
    .execute();
  if (old.length === 0) return;
  const ids = old.map((row) => row.id);
  await query.deleteFrom('blogctl_message').where('id', 'in', ids).execute();
}

function idsOf(messages: readonly WaitingMessage[]): number[] {
  return messages.map((message) => message.id);
}

function cut(text: string): string {
  const characters = Array.from(wellFormed(plainText(text)));
  return characters.length <= mostCharacters ? characters.join('') : `${characters.slice(0, mostCharacters).join('')}…`;
}

function fromRow(row: Selectable<MessageTable>): WaitingMessage {
  const { id, channel, attempts, subject, body, about } = row;
  return { id, channel, attempts, subject, body, about, at: row.created_at };
}
