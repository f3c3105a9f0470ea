import { toBytes } from './byte-text.ts';
import { quote } from './cron-field.ts';
import { type CrontabEntry, parseEntries, renderEntry } from './crontab-entry.ts';
import { CrontabError } from './crontab-error.ts';
import { type CrontabMarker, markersIn } from './crontab-markers.ts';
import { siteName } from './names.ts';

/** Where a site's block stands in a crontab. */
export interface CrontabBlock {
  /** Line numbers of BEGIN and END, counted from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Offset of the first byte of BEGIN. */
  readonly start: number;
  /** Offset behind the newline of END. */
  readonly end: number;
  /** The lines between the two, as bytes, without their newlines. */
  readonly lines: readonly string[];
  /** Whether the newline before BEGIN was missing when the block was added. */
  readonly hasAddedNewline: boolean;
}

const ADDED_NEWLINE = '; the line above had no newline)';

/**
 * The lines of a site's block, from BEGIN to END, as bytes and without newlines.
 *
 * @throws {CrontabError} for a site or an entry that could leave its line, and for two entries of one name.
 */
export function renderBlock(site: string, entries: readonly CrontabEntry[]): string[] {
  const name = siteBytes(site);
  const twice = entries.find((entry, index) => entries.findIndex((other) => other.name === entry.name) < index);
  if (twice !== undefined) throw new CrontabError(`job "${twice.name}" is there twice; give each its own name`);
  return [
    `# BEGIN blogctl ${name} (written by "blogctl install"; changes between these lines are lost)`,
    ...entries.flatMap(renderEntry),
    `# END blogctl ${name}`,
  ];
}

/**
 * Finds a site's block in a crontab (bytes), or null where there is none.
 *
 * @throws {CrontabError} where its lines are out of order, so that nobody can tell what is ours: BEGIN without END, END without BEGIN,
 * two blocks, or one block inside another. Half blocks of other sites elsewhere are left to them.
 */
export function findBlock(crontab: string, site: string): CrontabBlock | null {
  const name = siteBytes(site);
  const openOthers = new Map<string, CrontabMarker>();
  let begin: CrontabMarker | undefined;
  let block: CrontabBlock | null = null;
  for (const marker of markersIn(crontab)) {
    const isOurs = marker.site === name;
    if (begin !== undefined && !(isOurs && marker.kind === 'END')) {
      throw broken(
        marker.line,
        `another block starts or ends inside the block of ${quote(site)} that starts in line ${begin.line}`,
      );
    }
    if (isOurs && marker.kind === 'BEGIN') {
      if (block !== null)
        throw broken(marker.line, `a second block of ${quote(site)} starts, the first is in line ${block.firstLine}`);
      begin = marker;
    } else if (isOurs) {
      if (begin === undefined) throw broken(marker.line, `the block of ${quote(site)} ends but was never started`);
      block = blockBetween(crontab, begin, marker);
      begin = undefined;
    } else if (marker.kind === 'BEGIN') {
      openOthers.set(marker.site, marker);
    } else {
      const opened = openOthers.get(marker.site);
      openOthers.delete(marker.site);
      if (block !== null && opened !== undefined && opened.start < block.start) {
        throw broken(
          block.firstLine,
          `the block of ${quote(site)} lies inside another one, which ends in line ${marker.line}`,
        );
      }
    }
  }
  if (begin !== undefined) throw broken(begin.line, `the block of ${quote(site)} starts but never ends`);
  return block;
}

/**
 * The crontab (bytes) with the site's block put in: in the place of its old one, else at the end. Everything else stays byte for byte.
 *
 * @throws {CrontabError} as `renderBlock` and `findBlock` do.
 */
export function withBlock(crontab: string, site: string, entries: readonly CrontabEntry[]): string {
  const [begin = '', ...rest] = renderBlock(site, entries);
  const block = findBlock(crontab, site);
  // What is noted here lets `withoutBlock` give back a file whose last line had no newline.
  const needsNewline = block === null ? crontab !== '' && !crontab.endsWith('\n') : block.hasAddedNewline;
  const lines = [needsNewline ? begin.replace(/\)$/, ADDED_NEWLINE) : begin, ...rest];
  const text = lines.map((line) => `${line}\n`).join('');
  if (block !== null) return crontab.slice(0, block.start) + text + crontab.slice(block.end);
  return crontab + (needsNewline ? '\n' : '') + text;
}

/**
 * The crontab (bytes) as it was before the site's block was added; unchanged where there is none.
 *
 * @throws {CrontabError} as `findBlock` does.
 */
export function withoutBlock(crontab: string, site: string): string {
  const block = findBlock(crontab, site);
  if (block === null) return crontab;
  const before = crontab.slice(0, block.start);
  const after = crontab.slice(block.end);
  return block.hasAddedNewline && after === '' ? before.replace(/\n$/, '') : before + after;
}

/**
 * The jobs in a site's block, in their order; none where there is no block.
 *
 * @throws {CrontabError} as `findBlock` does.
 */
export function readEntries(crontab: string, site: string): CrontabEntry[] {
  return parseEntries(findBlock(crontab, site)?.lines ?? []);
}

/** Names in any script are welcome; the same letters composed differently are one name. */
function siteBytes(site: string): string {
  const name = site.normalize('NFC');
  if (!siteName.test(name)) {
    throw new CrontabError(
      `a site is named with up to 64 letters, digits, ".", "_" and "-", a letter or digit first, got ${quote(site)}; change blog.name`,
    );
  }
  return toBytes(name);
}

function blockBetween(crontab: string, begin: CrontabMarker, end: CrontabMarker): CrontabBlock {
  return {
    firstLine: begin.line,
    lastLine: end.line,
    start: begin.start,
    end: end.end,
    lines: crontab.slice(begin.end, end.start).split('\n').slice(0, -1),
    hasAddedNewline: begin.note.endsWith(ADDED_NEWLINE),
  };
}

function broken(line: number, what: string): CrontabError {
  return new CrontabError(
    `line ${line} of the crontab: ${what}; nothing was changed, put the "# BEGIN blogctl" and "# END blogctl" lines in order with crontab -e`,
  );
}
