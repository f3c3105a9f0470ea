import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The folder of the sources. */
export const sourceFolder = join(import.meta.dirname, '..', '..', 'src');

/** One word of a file that brings another file or a package in. */
export interface SourceImport {
  /** `core/errors.ts` for one of ours, as it stands for a package. */
  readonly target: string;
  readonly isOurs: boolean;
  /** Gone once the types are checked. */
  readonly isTypeOnly: boolean;
}

/** A file of ours, with its comments taken out. */
export interface SourceFile {
  /** From `src`: `core/errors.ts`. */
  readonly name: string;
  readonly code: string;
  readonly imports: readonly SourceImport[];
}

/** All files below `src`. */
export function readSources(): SourceFile[] {
  return readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => {
      const code = withoutComments(readFileSync(join(sourceFolder, name), 'utf8'));
      return { name, code, imports: importsOf(name, code) };
    });
}

// A comment begins a line or stands behind a blank; in a text of ours `//` stands behind a colon.
function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

const statements = /^(?:import|export)\s+(type\s)?(?:([^'"`;()]*?)\sfrom\s+)?['"]([^'"]+)['"]/gm;
const calls = /\bimport\(\s*['"]([^'"]+)['"]/g;

function importsOf(file: string, code: string): SourceImport[] {
  const found: SourceImport[] = [];
  const add = (written: string, isTypeOnly: boolean): void => {
    const isOurs = written.startsWith('.');
    const target = isOurs ? relative('/', join('/', dirname(file), written)) : written;
    found.push({ target, isOurs, isTypeOnly });
  };
  for (const [, type, names = '', written = ''] of code.matchAll(statements)) {
    const inBraces = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
    const each = inBraces?.split(',').filter((name) => name.trim() !== '') ?? [];
    const isEachType = each.length > 0 && each.every((name) => name.trim().startsWith('type '));
    add(written, type !== undefined || isEachType);
  }
  for (const [, written = ''] of code.matchAll(calls)) add(written, false);
  return found;
}
