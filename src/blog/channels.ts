import type { Selectable } from 'kysely';
import type { Database, StateDatabase } from '../core/database.ts';
import { isoUtc } from '../core/host.ts';
import type { ChannelTable } from '../core/web-tables.ts';
import { keptFailure } from './messages.ts';

/** How a channel does: a row of blogctl_channel. */
export type ChannelState = Readonly<Selectable<ChannelTable>>;

/** A channel of a blog's. */
export interface ChannelKey {
  readonly site: string;
  readonly channel: string;
}

// Longer than the longest send, so that a claim that is older was left by a process that died.
const claimMs = 5 * 60_000;

/** How the channels do, by name; those that were never used are missing. */
export async function channelStates(
  { query, isReady }: StateDatabase,
  site: string,
): Promise<ReadonlyMap<string, ChannelState>> {
  if (!isReady) return new Map();
  const rows = await query.selectFrom('blogctl_channel').selectAll().where('site', '=', site).execute();
  return new Map(rows.map((row) => [row.channel, row]));
}

/** Is nothing to be sent by it now? */
export function isClosed(state: ChannelState | undefined, nowMs: number): boolean {
  return state?.closed_until !== undefined && state.closed_until !== null && state.closed_until > isoUtc(nowMs);
}

/**
 * Claims a channel for `claimant`, so that of all processes on all hosts one at a time sends by it. Of several that try at
 * once a single one finds the row as it was: a claim is one conditional update.
 */
export async function claimChannel(
  state: StateDatabase,
  { site, channel }: ChannelKey,
  claimant: string,
  nowMs: number,
): Promise<'claimed' | 'busy' | 'closed'> {
  const { query, dialect } = state;
  const now = isoUtc(nowMs);
  const row = {
    site,
    channel,
    failures: 0,
    closed_until: null,
    last_failure: null,
    claimed_by: null,
    claimed_at: null,
  };
  const insert = query.insertInto('blogctl_channel').values(row);
  await (dialect === 'mysql' ? insert.ignore() : insert.onConflict((conflict) => conflict.doNothing())).execute();
  const { numUpdatedRows } = await query
    .updateTable('blogctl_channel')
    .set({ claimed_by: claimant, claimed_at: now })
    .where('site', '=', site)
    .where('channel', '=', channel)
    .where((row) =>
      row.or([
        row('claimed_at', 'is', null),
        row('claimed_at', '<', isoUtc(nowMs - claimMs)),
        // By a clock that went wrong.
        row('claimed_at', '>', isoUtc(nowMs + claimMs)),
      ]),
    )
    .where((row) => row.or([row('closed_until', 'is', null), row('closed_until', '<=', now)]))
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) return 'claimed';
  return isClosed((await channelStates(state, site)).get(channel), nowMs) ? 'closed' : 'busy';
}

/** What came of a claim: null where it works or was not needed, and else why not, and when to try again. */
export type ChannelEnd = { readonly failure: string; readonly failures: number; readonly closedUntilMs: number } | null;

/** Gives a claim back. `isUsed` where something was sent by it. */
export async function releaseChannel(
  { query }: StateDatabase,
  { site, channel }: ChannelKey,
  claimant: string,
  { isUsed, end }: { readonly isUsed: boolean; readonly end: ChannelEnd },
): Promise<void> {
  const outcome = {
    failures: end?.failures ?? 0,
    closed_until: end === null ? null : isoUtc(end.closedUntilMs),
    last_failure: end === null ? null : keptFailure(end.failure),
  };
  await query
    .updateTable('blogctl_channel')
    .set({ claimed_by: null, claimed_at: null, ...(isUsed ? outcome : {}) })
    .where('site', '=', site)
    .where('channel', '=', channel)
    .where('claimed_by', '=', claimant)
    .execute();
}

/** Ends the pauses of channels that work again. Returns whether there were any. */
export async function reopenChannels({ query }: Database, site: string, channels: readonly string[]): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable('blogctl_channel')
    .set({ failures: 0, closed_until: null, last_failure: null })
    .where('site', '=', site)
    .where('channel', 'in', channels)
    .where('closed_until', 'is not', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
