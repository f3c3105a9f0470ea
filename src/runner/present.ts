import { durationInWords } from '../core/duration.ts';
import type { Change, RunReport } from '../core/outcome.ts';
import { plainText } from '../core/plain-text.ts';
import type { Console } from './console.ts';
import type { EndedRun } from './run-job.ts';

// A plan that does not fit on a screen is not read; --verbose and --json show all of it.
const mostShown = 20;

/** The result of a run for people: what was done (or would be), what to look at, the summary. */
export function reportText(report: RunReport, console: Console, isVerbose: boolean): string {
  const lines: string[] = [];
  const { out } = console;
  if (report.dryRun) {
    const shown = isVerbose ? report.changes : report.changes.slice(0, mostShown);
    lines.push(...shown.map((change) => `would ${changeText(change)}`));
    const more = report.changes.length + (report.changesOmitted ?? 0) - shown.length;
    if (more > 0) lines.push(out.dim(`… and ${more} more changes (--verbose shows all)`));
  }
  for (const finding of report.findings) {
    lines.push(`${out.yellow('!')} ${plainText(finding.target)}: ${plainText(finding.message)}`);
  }
  const took = out.dim(`(${durationInWords(report.durationMs)})`);
  lines.push(`${report.dryRun ? `${out.bold('dry run:')} ` : ''}${plainText(report.summary)} ${took}`);
  return lines.join('\n');
}

/** `set article:markdown:1:20260318190502`, `update friend 3: shown -> hidden`. */
function changeText(change: Change): string {
  const target = `${change.what} ${plainText(change.target)}`;
  const { before, after } = change;
  if (before === undefined && after === undefined) return target;
  if (before === undefined) return `${target}: ${valueText(after)}`;
  return `${target}: ${valueText(before)} -> ${valueText(after)}`;
}

function valueText(value: Change['after']): string {
  return value === undefined || value === null ? 'nothing' : plainText(String(value));
}

/** A failure for a mail from cron: what happened, when it last worked, what to do. */
export function failureText(
  ended: EndedRun,
  options: {
    readonly configPath: string | null;
    readonly whenText: (iso: string) => string;
    readonly isVerbose: boolean;
  },
): string {
  const { report, error } = ended;
  const lines = [`blogctl: ${report.job} ${verbOf(report)}: ${report.error?.message ?? report.summary}`];
  if (report.error?.hint !== undefined) lines.push(`  ${report.error.hint}`);
  if (ended.lastSuccess !== null) lines.push(`  It last succeeded at ${options.whenText(ended.lastSuccess)}.`);
  if (report.error?.kind === 'bug') lines.push('  This is a bug in blogctl. --verbose shows where it happened.');
  else if (report.status !== 'skipped') {
    const config = options.configPath === null ? '' : ` --config ${options.configPath}`;
    lines.push(`  Earlier runs: blogctl history --job ${report.job}${config}`);
  }
  if (options.isVerbose && error instanceof Error) lines.push(stackOf(error));
  return lines.join('\n');
}

function verbOf(report: RunReport): string {
  if (report.status === 'timed out') return 'timed out';
  if (report.status === 'skipped') return 'was skipped';
  return report.status === 'interrupted' ? 'was interrupted' : 'failed';
}

/** An error's stack with those of its causes. */
export function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
