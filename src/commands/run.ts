import { execute } from '../runner/execute.ts';
import { defineCommand } from '../runner/command.ts';
import { loadConfig } from '../runner/config/load.ts';
import { findJob } from '../runner/plan-run.ts';

export default defineCommand({
  summary: 'run a job of the configuration, as cron does',
  details: [
    'Runs a job with the settings of the configuration: takes its lock, does the work, leaves a record. Says nothing of a',
    'success; a failure says what happened, when the job last succeeded and what to do. With --scheduled, as the lines',
    'of the crontab have it, the run claims its minute, so that of many hosts with the same crontab one runs it.',
  ].join(' '),
  examples: [
    { command: 'blogctl run warm-cache', meaning: 'run the job warm-cache now' },
    { command: 'blogctl run warm-cache --dry-run', meaning: 'show what it would do' },
  ],
  operands: [{ name: '<job>', description: 'the name of the job in the configuration' }],
  flags: [{ flags: '--scheduled', description: 'started by cron: claim this minute' }],

  run: async ({ host, registry, general, flags, operands }) => {
    const config = await loadConfig(host, registry, { given: general.config, dryRun: general.dryRun });
    const job = findJob(config, operands[0] ?? '');
    const action = await registry.loadAction(job.action);
    if (action === null) throw new Error(`the action ${job.action} has gone since the configuration was checked`);
    const isScheduled = flags['scheduled'] === true;
    // By hand, on a terminal, a person waits for an answer; a plan is always one.
    const isSilent = !general.dryRun && !general.verbose && (isScheduled || !host.stdoutIsTerminal);
    return execute({ config, job, action, given: {}, general, isScheduled, isSilent }, host);
  },
});
