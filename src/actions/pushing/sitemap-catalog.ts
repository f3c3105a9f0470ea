import { inOneForm } from '../../content/page-head.ts';
import { readSitemap, mostSitemapBytes, mostSitemapEntries, type Sitemap } from '../../content/sitemap.ts';
import { ConfigurationError, FailedError, UpstreamError } from '../../core/errors.ts';
import { isoUtc } from '../../core/host.ts';
import type { Http } from '../../core/http.ts';
import { maskedAddress } from '../../core/masked-address.ts';
import type { Finding } from '../../core/outcome.ts';
import { reasonOf, type PushContext } from './engine.ts';
import type { Address, Catalog } from './plan.ts';

const mostSitemaps = 1000;
const longestMs = 120_000;
const broken = 'it is broken, or too large; what comes before the break was taken';
const tooMany = `it has more than ${mostSitemapEntries} addresses: the others were left out`;

/** The addresses of a sitemap, or of those that an index names; none but the blog's own. */
export async function sitemapCatalog(
  context: PushContext,
  http: Http,
  { place, origin }: { readonly place: string; readonly origin: string },
  findings: Finding[],
): Promise<Catalog> {
  const addresses = new Map<string, Address>();
  const foreign = { count: 0, example: '' };
  const add = (target: string, sitemap: Sitemap, most: number): void => {
    for (const { url, changedAtMs } of sitemap.entries) {
      const address = addressOf(inOneForm(url), changedAtMs);
      const knownMs = addresses.get(address.url)?.changedAtMs ?? -Infinity;
      if (new URL(url).origin !== origin) {
        foreign.count++;
        foreign.example ||= url;
      } else if (knownMs <= (changedAtMs ?? -Infinity)) addresses.set(address.url, address);
    }
    const isFull = sitemap.entries.length >= most;
    if (!sitemap.isWhole) tell(findings, isFull ? place : target, isFull ? tooMany : broken);
    if (sitemap.unusable > 0) tell(findings, target, unusableText(sitemap.unusable));
  };
  const first = await read(context, http, place, mostSitemapEntries, true);
  if (typeof first === 'string')
    throw new UpstreamError(`the sitemap ${maskedAddress(place)} cannot be read: ${first}`);
  if (first.kind === null) {
    throw new FailedError(`${place} is no sitemap: expected XML that begins with <urlset> or <sitemapindex>`);
  }
  if (first.kind === 'addresses') add(place, first, mostSitemapEntries);
  else {
    if (!first.isWhole) tell(findings, place, broken);
    for (const { url } of first.entries.slice(0, mostSitemaps)) {
      context.signal.throwIfAborted();
      const room = mostSitemapEntries - addresses.size;
      if (room <= 0) {
        tell(findings, place, tooMany);
        break;
      }
      const isOwn = new URL(url).origin === origin;
      const next = isOwn ? await read(context, http, url, room, false) : 'it is not on the blog';
      if (typeof next === 'string') tell(findings, url, `it was left out: ${next}`);
      else if (next.kind !== 'addresses') tell(findings, url, 'it was left out: it is no sitemap of addresses');
      else add(url, next, room);
    }
  }
  if (foreign.count > 0) {
    const were = foreign.count === 1 ? '1 address of others was' : `${foreign.count} addresses of others were`;
    const message = `${were} left out, such as ${foreign.example.slice(0, 200)}; the blog is at ${origin}`;
    tell(findings, place, message);
  }
  if (!hasOwnDates([...addresses.values()], context.nowMs)) return { addresses, isWhole: false };
  const are = `all of its ${addresses.size} addresses have its own date as lastmod`;
  tell(findings, place, `${are}: which of them were changed is not known`);
  const undated = [...addresses.keys()].map((url) => [url, addressOf(url, null)] as const);
  return { addresses: new Map(undated), isWhole: false };
}

const fewest = 10;
const momentMs = 10 * 60_000;

// Many programs write down when the sitemap was made: by that all would be new, with each run.
function hasOwnDates(all: readonly Address[], nowMs: number): boolean {
  const dates = all.map(({ changedAtMs }) => changedAtMs);
  if (dates.length < fewest || dates[0] == null) return false;
  const isNow = (date: number | null): boolean => date !== null && date > nowMs - momentMs;
  return dates.every((date) => date === dates[0]) || dates.every(isNow);
}

function addressOf(url: string, changedAtMs: number | null): Address {
  const version = changedAtMs === null ? '' : isoUtc(changedAtMs);
  return { url, articleId: null, version, createdAtMs: null, changedAtMs, heat: 0 };
}

function unusableText(count: number): string {
  return count === 1
    ? '1 of its entries is no address of the web'
    : `${count} of its entries are no addresses of the web`;
}

function tell(findings: Finding[], target: string, message: string): void {
  findings.push({ kind: 'sitemap', target: `sitemap ${target}`, message });
}

// Returns why it could not be read. A file that cannot be read is the owner's mistake, and throws.
async function read(
  { signal, files }: PushContext,
  http: Http,
  place: string,
  most: number,
  isNamedByOwner: boolean,
): Promise<Sitemap | string> {
  const reader = readSitemap(most);
  const scheme = /^([a-z][a-z\d+.-]+):\/\//i.exec(place)?.[1]?.toLowerCase();
  if (isNamedByOwner && scheme !== undefined && !/^https?$/.test(scheme)) {
    throw new ConfigurationError(
      `the sitemap ${maskedAddress(place)}: ${scheme} is not http; expected http(s), or a file`,
    );
  }
  if (isNamedByOwner && !/^https?:\/\//i.test(place)) {
    for await (const bytes of (await files()).read(place)) {
      signal.throwIfAborted();
      if (reader.take(bytes)) break;
    }
    return reader.finish();
  }
  const bounds = { maxBytes: mostSitemapBytes, timeoutMs: longestMs, attempts: 1 };
  const answer = await http.fetch({ url: place, read: reader, ...bounds, isTrusted: true, signal });
  if (answer.status === null) return reasonOf(answer);
  return answer.status === 200 ? reader.finish() : `it answers ${reasonOf(answer)}`;
}
