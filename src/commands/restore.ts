import { resolve } from 'node:path';
import { BlogctlError, exitCodes, messageOf } from '../core/errors.ts';
import type { Change, Finding } from '../core/outcome.ts';
import { plainJson, plainText } from '../core/plain-text.ts';
import { openDatabase } from '../resources/database/open.ts';
import { explainQueryError } from '../resources/database/query-error.ts';
import { defineCommand, type CommandContext } from '../runner/command.ts';
import type { Config } from '../runner/config/config.ts';
import { loadConfig } from '../runner/config/load.ts';
import { blogTimeFor, storedZone } from '../runner/open-resources.ts';
import { restoreFile } from '../runner/restore/file.ts';
import type { RestoreNotes } from '../runner/restore/rows.ts';

/** More are counted, but not listed. */
const mostFindings = 1000;
const mostShown = 20;

export default defineCommand({
  summary: 'put back what was deleted into an archive',
  details: [
    "Puts the rows of files that clean-…'s --archive wrote back into the blog's tables, in small transactions beside the",
    'running blog, also into a database of another kind. Rows that are there already are left as they are; rows to whose',
    'article, comment or user there is nothing any more are told. Of a file that was cut off everything whole is put back.',
  ].join(' '),
  examples: [
    {
      command: 'blogctl restore --dry-run clean-results-20260318T060509Z.ndjson.gz',
      meaning: 'what would be put back',
    },
    { command: 'blogctl restore /srv/archive/clean-sessions-*.ndjson.gz', meaning: 'put back all that is there' },
  ],
  operands: [{ name: '<file...>', description: 'archives, in the order in which they are put back' }],
  flags: [{ flags: '--other-blog', description: 'also archives of a blog of another name' }],

  run: async (context) => {
    const { host, registry, general } = context;
    const config = await loadConfig(host, registry, { given: general.config, dryRun: general.dryRun });
    const result = await restoreAll(context, config);
    present(context, result);
    if (result.errors.length > 0) return exitCodes.failed;
    const isNoteworthy = result.changes.length > 0 || result.findings.length > 0;
    return general.exitCode && isNoteworthy ? exitCodes.changesOrFindings : exitCodes.done;
  },
});

interface Result {
  readonly counts: RestoreNotes['counts'];
  readonly changes: Change[];
  readonly findings: Finding[];
  findingsOmitted: number;
  /** One sentence for each file that could not be read to its end, or not at all. */
  readonly errors: { readonly file: string; readonly message: string; readonly hint?: string }[];
}

async function restoreAll({ host, general, flags, operands }: CommandContext, config: Config): Promise<Result> {
  const counts = { restored: 0, present: 0, different: 0, refused: 0 };
  const result: Result = { counts, changes: [], findings: [], findingsOmitted: 0, errors: [] };
  const finding = (one: Finding): void => {
    if (result.findings.length < mostFindings) result.findings.push(one);
    else result.findingsOmitted++;
  };
  const notes = { counts, finding, planned: new Set<string>() };
  const { folder } = config;
  const zone = storedZone(config);
  const database = await openDatabase({ url: config.database, folder, readOnly: general.dryRun, zone });
  try {
    const form = { dialect: database.dialect, time: blogTimeFor(config, host) };
    const isAnyBlog = flags['otherBlog'] === true;
    const target = { database, form, blog: config.blog.name, isAnyBlog, isDryRun: general.dryRun };
    for (const file of operands) {
      host.signal.throwIfAborted();
      try {
        const { changes, damage } = await restoreFile(resolve(host.workingDirectory, file), target, notes, host);
        result.changes.push(...changes);
        if (damage !== null)
          result.errors.push({
            file,
            message: `what is whole in ${file} ${general.dryRun ? 'would be' : 'was'} put back, but ${damage}`,
          });
      } catch (thrown) {
        const error = explainQueryError(thrown, database.name) ?? thrown;
        // A file that is none must not keep the others from being put back; a database that fails would fail them all.
        if (!(error instanceof BlogctlError) || error.kind !== 'failed') throw error;
        result.errors.push({
          file,
          message: messageOf(error),
          ...(error.hint === undefined ? {} : { hint: error.hint }),
        });
      }
    }
    return result;
  } finally {
    await database.close();
  }
}

function present({ host, general }: CommandContext, result: Result): void {
  const summary = summaryOf(result, general.dryRun);
  if (general.json) host.print(`${plainJson({ dryRun: general.dryRun, summary, ...result }, 2)}\n`);
  else if (!general.quiet) {
    const lines = general.dryRun ? result.changes.map(({ what, target }) => `would ${what} ${target}`) : [];
    const shown = general.verbose ? result.findings : result.findings.slice(0, mostShown);
    lines.push(...shown.map(({ target, message }) => `! ${plainText(target)}: ${plainText(message)}`));
    const more = result.findings.length + result.findingsOmitted - shown.length;
    if (more > 0) lines.push(`… and ${more} more rows of these kinds`);
    host.print(`${[...lines, summary].join('\n')}\n`);
  }
  for (const { message, hint } of result.errors) {
    host.complain(`blogctl: ${plainText(message)}\n${hint === undefined ? '' : `  ${hint}\n`}`);
  }
}

function summaryOf({ counts }: Result, isDryRun: boolean): string {
  const parts = [`${counts.restored} rows put back`];
  if (counts.present > 0) parts.push(`${counts.present} there already`);
  if (counts.different > 0) parts.push(`${counts.different} there with other values`);
  if (counts.refused > 0) parts.push(`${counts.refused} that ${isDryRun ? 'cannot' : 'could not'} go back`);
  return `${isDryRun ? 'dry run: ' : ''}${parts.join(', ')}`;
}
