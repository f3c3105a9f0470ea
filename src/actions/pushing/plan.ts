import { goneVersion, type Push, type PushEntries, type PushEntry } from '../../blog/pushes.ts';

/** An address that the blog has now. */
export interface Address {
  readonly url: string;
  /** Null for one out of a sitemap. */
  readonly articleId: number | null;
  /** ISO 8601 in UTC of the last change; empty where nobody knows it. */
  readonly version: string;
  /** When it came out and when it was last changed, in milliseconds since 1970; null where nobody knows. */
  readonly createdAtMs: number | null;
  readonly changedAtMs: number | null;
  /** The more, the more it is read. */
  readonly heat: number;
}

/** All addresses that the blog has now, or those of a sitemap. */
export interface Catalog {
  readonly addresses: ReadonlyMap<string, Address>;
  /** True: what is not in it is no more. */
  readonly isWhole: boolean;
}

/** An address that waits for its turn. */
export interface Queued {
  readonly url: string;
  readonly isGone: boolean;
  /** The engine has taken an earlier version. */
  readonly isKnown: boolean;
  /** It failed the check of an earlier run. */
  readonly wasUnfit: boolean;
  readonly address: Address | null;
}

/** What is to be sent, best first, and what is to be entered into the ledger before. */
export interface Plan {
  readonly queue: readonly Queued[];
  readonly entries: PushEntries;
}

/** What a plan is made by. */
export interface PlanOptions {
  /** The blog's own address: the ledger may know others, from before it moved. */
  readonly origin: string;
  /** Nothing of this kind was ever sent: what is old counts as known. */
  readonly isFirst: boolean;
  /** What came out or was changed since is new, also at the first time. */
  readonly sinceMs: number;
  /** Nothing counts as known. */
  readonly all: boolean;
  /** The engine wants to know what is no more. */
  readonly takesGone: boolean;
  readonly nowMs: number;
}

/** Compares what there is with the ledger of an engine. */
export function planPushes(catalog: Catalog, ledger: ReadonlyMap<string, Push>, options: PlanOptions): Plan {
  const queue: Queued[] = [];
  const added: PushEntry[] = [];
  const changed: PushEntry[] = [];
  const dropped: string[] = [];
  for (const address of catalog.addresses.values()) {
    const row = ledger.get(address.url);
    const status = statusOf(address, row, options);
    const version = address.version === '' ? (row?.version ?? '') : address.version;
    const entry = { url: address.url, articleId: address.articleId ?? row?.articleId ?? null, version, status };
    if (row === undefined) added.push(entry);
    else if (row.status !== status || row.version !== version || row.articleId !== entry.articleId) changed.push(entry);
    if (status === 'waiting' || status === 'unfit') queue.push(queued(address.url, row, { address }));
  }
  for (const row of ledger.values()) {
    if (catalog.addresses.has(row.url) || !row.url.startsWith(`${options.origin}/`)) continue;
    const isOpen = row.status === 'waiting' || row.status === 'unfit';
    if (row.articleId === null || !catalog.isWhole) {
      if (isOpen) queue.push(queued(row.url, row, { isGone: row.version === goneVersion }));
    } else if (row.acceptedAt === null) dropped.push(row.url);
    else if (row.version !== goneVersion) {
      const status = options.takesGone ? 'waiting' : 'gone';
      changed.push({ url: row.url, articleId: row.articleId, version: goneVersion, status });
      if (options.takesGone) queue.push(queued(row.url, row, { isGone: true }));
    } else if (isOpen) queue.push(queued(row.url, row, { isGone: true }));
  }
  return { queue: inOrder(queue, options.nowMs), entries: { added, changed, dropped } };
}

/** The newest address that is not in a queue; null where all are. */
export function otherThan(queue: readonly Queued[], { addresses }: Catalog): string | null {
  const queued = new Set(queue.map(({ url }) => url));
  let newest: Address | null = null;
  for (const address of addresses.values()) {
    if (!queued.has(address.url) && (address.createdAtMs ?? 0) >= (newest?.createdAtMs ?? 0)) newest = address;
  }
  return newest?.url ?? null;
}

function statusOf(address: Address, row: Push | undefined, options: PlanOptions): Push['status'] {
  const { isFirst, sinceMs, all } = options;
  if (row === undefined) {
    const latestMs = Math.max(address.createdAtMs ?? -Infinity, address.changedAtMs ?? -Infinity);
    return all || !isFirst || latestMs >= sinceMs ? 'waiting' : 'known';
  }
  const isChanged = address.version !== '' && address.version !== row.version;
  return isChanged || row.version === goneVersion || (all && row.status === 'known') ? 'waiting' : row.status;
}

function queued(url: string, row: Push | undefined, more: { address?: Address; isGone?: boolean }): Queued {
  return {
    url,
    isGone: more.isGone ?? false,
    isKnown: (row?.acceptedAt ?? null) !== null,
    wasUnfit: row?.status === 'unfit',
    address: more.address ?? null,
  };
}

const recentMs = 30 * 86_400_000;

// New ones before changed ones, changed ones before those that are gone, and what was unfit before at the end. Among
// equals the newest of the last month first; of older ones the hottest.
function inOrder(queue: readonly Queued[], nowMs: number): Queued[] {
  const rankOf = ({ isGone, isKnown, wasUnfit }: Queued): number => (wasUnfit ? 3 : isGone ? 2 : isKnown ? 1 : 0);
  const keyed = queue.map((one) => {
    const createdAtMs = one.address?.createdAtMs ?? one.address?.changedAtMs ?? 0;
    const isRecent = createdAtMs > nowMs - recentMs;
    return { one, keys: [-rankOf(one), isRecent ? 1 : 0, isRecent ? 0 : (one.address?.heat ?? 0), createdAtMs] };
  });
  keyed.sort((a, b) => {
    for (const [index, key] of a.keys.entries()) {
      const difference = (b.keys[index] ?? 0) - key;
      if (difference !== 0) return difference;
    }
    return a.one.url < b.one.url ? -1 : 1;
  });
  return keyed.map(({ one }) => one);
}
