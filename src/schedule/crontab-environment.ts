import { fromBytes } from './byte-text.ts';
import { findBlock } from './crontab-block.ts';

/** A variable that a crontab sets for all lines below it. */
export interface CrontabVariable {
  readonly name: string;
  /** Without the quotes around it. */
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
}

const ASSIGNMENT = /^[ \t]*(?:"([^"]+)"|'([^']+)'|([^ \t\r"'#=][^ \t\r=]*))[ \t]*=(.*)$/s;
const QUOTED = /^(?:"(.*)"|'(.*)')$/s;

/**
 * The variables in force where the site's block stands, or where it would be added: the last setting of each name, in order of lines.
 *
 * They are foreign lines that stay as they are, yet `CRON_TZ`, `SHELL`, `PATH` or `HOME` change how our jobs run: something to warn about.
 *
 * @throws {CrontabError} as `findBlock` does.
 */
export function environmentAbove(crontab: string, site: string): CrontabVariable[] {
  const above = crontab.slice(0, findBlock(crontab, site)?.start ?? crontab.length);
  const variables = new Map<string, CrontabVariable>();
  for (const [index, text] of above.split('\n').entries()) {
    const [, doubleQuoted, singleQuoted, bare, rest] = ASSIGNMENT.exec(text) ?? [];
    const name = doubleQuoted ?? singleQuoted ?? bare;
    if (name === undefined || rest === undefined) continue;
    // Put anew, not replaced, so that the order is that of the settings in force.
    variables.delete(name);
    variables.set(name, { name: fromBytes(name), value: fromBytes(unquoted(rest)), line: index + 1 });
  }
  return [...variables.values()];
}

function unquoted(rest: string): string {
  const value = rest.replace(/^[ \t]+/, '').replace(/[ \t\r]+$/, '');
  const [, inDouble, inSingle] = QUOTED.exec(value) ?? [];
  return inDouble ?? inSingle ?? value;
}
