import { exitCodes, FailedError } from '../core/errors.ts';
import { plainJson } from '../core/plain-text.ts';
import { readEntries, withBlock, withoutBlock } from '../schedule/crontab-block.ts';
import type { CrontabEntry } from '../schedule/crontab-entry.ts';
import { fromBytes } from '../schedule/byte-text.ts';
import { lineDiff } from '../schedule/line-diff.ts';
import { defineCommand, type CommandContext, type CommandFlag } from '../runner/command.ts';
import { stateOf } from '../runner/install/entries.ts';
import { backupFolder, openInstallation, refuseForeignBlock, type Installation } from '../runner/install/open.ts';
import { showInstallation } from '../runner/install/show.ts';

const user: CommandFlag = { flags: '--user <name>', description: 'the crontab of another user (root only)' };
const replace: CommandFlag = {
  flags: '--replace',
  description: 'take over a block of this name that belongs to another configuration',
};

export default defineCommand({
  summary: 'write the jobs of the configuration into the crontab',
  details: [
    "Adds or updates the blog's block in this user's crontab: one line for each job of the configuration. Everything",
    'outside the block stays as it is, byte for byte; the old crontab is saved first. Doing it twice changes nothing.',
    '--dry-run prints the difference.',
  ].join(' '),
  examples: [
    { command: 'blogctl install --dry-run', meaning: 'show what would change in the crontab' },
    { command: 'blogctl install', meaning: 'write the lines' },
    { command: 'blogctl install show', meaning: 'compare the configuration with the crontab' },
    { command: 'blogctl install remove', meaning: "take the blog's lines out again" },
  ],
  flags: [user, replace],
  subcommands: {
    show: defineCommand({
      summary: 'compare the configuration with the crontab',
      details: 'Shows for each job when it runs, in words, its next run, and whether its line is in the crontab.',
      examples: [{ command: 'blogctl install show', meaning: 'what is installed, changed, missing or stale' }],
      flags: [user],
      run: async (context) => showInstallation(await openInstallation(context), context),
    }),
    remove: defineCommand({
      summary: "take the blog's lines out of the crontab",
      details:
        "Removes the blog's block. Everything else stays as it is, byte for byte; the old crontab is saved first.",
      examples: [{ command: 'blogctl install remove --dry-run', meaning: 'show what would be removed' }],
      flags: [user, replace],
      run: async (context) => {
        const installation = await openInstallation(context);
        refuseForeignBlock(installation, context.flags['replace'] === true);
        return change(installation, withoutBlock(installation.crontab, installation.site), context, []);
      },
    }),
  },

  run: async (context) => {
    const installation = await openInstallation(context);
    refuseForeignBlock(installation, context.flags['replace'] === true);
    const entries = installation.jobs.flatMap((job) => (job.entry === null ? [] : [job.entry]));
    if (entries.length === 0 && installation.found.length === 0) {
      throw new FailedError(`${installation.configPath} has no job with a schedule, so there is nothing to install`, {
        hint: 'Add one under "jobs", such as "warm-cache: {}".',
      });
    }
    const after =
      entries.length === 0
        ? withoutBlock(installation.crontab, installation.site)
        : withBlock(installation.crontab, installation.site, entries);
    refuseUnreadable(after, installation.site, entries);
    const told = installation.jobs.map(({ job, entry }) => {
      const state = stateOf(
        entry,
        installation.found.find((line) => line.name === job.name),
      );
      return { job: job.name, schedule: entry?.schedule ?? null, state };
    });
    return change(installation, after, context, told);
  },
});

// What is written must be what will be read: a line that means something else to the next run is never installed.
function refuseUnreadable(crontab: string, site: string, entries: readonly CrontabEntry[]): void {
  const readBack = entries.length === 0 ? [] : readEntries(crontab, site);
  if (JSON.stringify(readBack) === JSON.stringify(entries)) return;
  throw new FailedError('the new crontab does not read back as it was meant; nothing was written', {
    hint: 'Is there an unusual character in a path? Each line must hold its job whole.',
  });
}

interface ToldJob {
  readonly job: string;
  readonly schedule: string | null;
  readonly state: string;
}

async function change(
  installation: Installation,
  after: string,
  { host, general }: CommandContext,
  jobs: readonly ToldJob[],
): Promise<number> {
  const { crontab, store, site, owner } = installation;
  for (const warning of installation.warnings) host.complain(`warning: ${warning}\n`);
  const isChanged = after !== crontab;
  const diff = lineDiff(crontab, after).map(fromBytes);
  let backup: string | null = null;
  if (isChanged && !general.dryRun) {
    if (crontab !== '') backup = await store.backup(backupFolder(host), host.clock.nowMs());
    await store.write(after);
  }
  if (general.json) {
    const report = { site, dryRun: general.dryRun, changed: isChanged, jobs, backup, diff };
    host.print(`${plainJson(report, 2)}\n`);
  } else if (!general.quiet) {
    host.print(changeText({ isChanged, diff, backup, site, owner, isDryRun: general.dryRun }));
  }
  return general.exitCode && isChanged ? exitCodes.changesOrFindings : exitCodes.done;
}

function changeText(made: {
  readonly isChanged: boolean;
  readonly diff: readonly string[];
  readonly backup: string | null;
  readonly site: string;
  readonly owner: string;
  readonly isDryRun: boolean;
}): string {
  if (!made.isChanged) return `the crontab of ${made.owner} is up to date for ${made.site}; nothing to change\n`;
  const lines = [...made.diff];
  if (made.isDryRun) lines.push(`dry run: the crontab of ${made.owner} would be changed like this`);
  else lines.push(`the crontab of ${made.owner} was changed like this`);
  if (made.backup !== null) lines.push(`the old one is saved as ${made.backup}`);
  return `${lines.join('\n')}\n`;
}
