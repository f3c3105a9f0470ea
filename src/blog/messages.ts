import type { Selectable } from 'kysely';
import type { Database } from '../core/database.ts';
import { isoUtc } from '../core/host.ts';
import type { Message } from '../core/notify.ts';
import { plainText, wellFormed } from '../core/plain-text.ts';
import type { MessageTable } from '../core/web-tables.ts';

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
    subject: cut(message.subject.replace(/[\r\n]+/g, ' '), mostCharacters),
    body: cut(message.body, mostCharacters),
    status: 'waiting',
    attempts: 0,
    created_at: message.at,
  } as const;
  await query
    .insertInto('blogctl_message')
    .values(channels.map((channel) => ({ ...common, channel })))
    .execute();
}

/** Whose messages, and of which blog. */
export interface MessageTopic {
  readonly site: string;
  readonly topic: 'hosts' | 'job';
}

/** The channels that messages wait for. */
export async function awaitedChannels(database: Database, about: MessageTopic): Promise<readonly string[]> {
  const rows = await waiting(database, about).select('channel').distinct().orderBy('channel').execute();
  return rows.map(({ channel }) => channel);
}

/** The messages that wait for a channel, oldest first. */
export async function waitingMessages(
  database: Database,
  about: MessageTopic,
  channel: string,
): Promise<readonly WaitingMessage[]> {
  const rows = await waiting(database, about)
    .selectAll()
    .where('channel', '=', channel)
    .orderBy('id')
    .limit(mostAtOnce)
    .execute();
  return rows.map(fromRow);
}

function waiting({ query }: Database, { site, topic }: MessageTopic) {
  return query
    .selectFrom('blogctl_message')
    .where('status', '=', 'waiting')
    .where('site', '=', site)
    .where('about', 'like', `${topic}%`);
}

/** Notes that messages arrived, or that nobody tries any more. */
export async function endMessages(
  { query }: Database,
  messages: readonly WaitingMessage[],
  { status, nowMs }: { readonly status: 'sent' | 'given up'; readonly nowMs: number },
): Promise<void> {
  await query
    .updateTable('blogctl_message')
    .set({ status, ended_at: isoUtc(nowMs) })
    .where('id', 'in', idsOf(messages))
    .where('status', '=', 'waiting')
    .execute();
}

/** Notes that messages did not arrive. They wait for as long as their channel is closed. */
export async function noteFailure(
  { query }: Database,
  messages: readonly WaitingMessage[],
  failure: string,
): Promise<void> {
  await query
    .updateTable('blogctl_message')
    .set((row) => ({ attempts: row('attempts', '+', 1), last_failure: keptFailure(failure) }))
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

/** Why a channel did not take something, as every database takes it. */
export function keptFailure(failure: string): string {
  return cut(failure, mostFailure);
}

function cut(text: string, most: number): string {
  const characters = Array.from(wellFormed(plainText(text)));
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most).join('')}…`;
}

function fromRow(row: Selectable<MessageTable>): WaitingMessage {
  const { id, channel, attempts, subject, body, about } = row;
  return { id, channel, attempts, subject, body, about, at: row.created_at };
}
