/** A line that starts or ends a site's block. */
export interface CrontabMarker {
  readonly kind: 'BEGIN' | 'END';
  /** The site's name, as bytes. */
  readonly site: string;
  /** What stands in parentheses behind it, with them; empty without. */
  readonly note: string;
  /** Counted from 1. */
  readonly line: number;
  /** Offset of the line's first byte. */
  readonly start: number;
  /** Offset behind the line's newline. */
  readonly end: number;
}

/** A whole line and nothing less, so that a comment that quotes a marker is none. Not `\s`: it takes some bytes of UTF-8 letters for blanks. */
const MARKER = /^# (BEGIN|END) blogctl ([^ \t\r]+)(?: (\([^\r]*\)))?[ \t]*\r?$/;

/** All lines of a crontab (bytes) that start or end a block, of whichever site, in their order. */
export function* markersIn(crontab: string): Generator<CrontabMarker> {
  let line = 1;
  for (let start = 0; start < crontab.length; line += 1) {
    const newline = crontab.indexOf('\n', start);
    const textEnd = newline < 0 ? crontab.length : newline;
    const end = newline < 0 ? crontab.length : newline + 1;
    const [, kind, site, note = ''] = MARKER.exec(crontab.slice(start, textEnd)) ?? [];
    if ((kind === 'BEGIN' || kind === 'END') && site !== undefined) yield { kind, site, note, line, start, end };
    start = end;
  }
}
