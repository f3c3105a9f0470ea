import { checksOf, evidenceOf, type Check, type Evidence } from '../blog/checks.ts';
import type { CheckedThing } from '../blog/checked-things.ts';
import { createBlogTime, isMoment } from '../blog/time.ts';
import { exitCodes, UsageError } from '../core/errors.ts';
import { isoUtc, type Host } from '../core/host.ts';
import { didYouMean } from '../core/nearest.ts';
import { maskedAddress } from '../core/masked-address.ts';
import { plainJson } from '../core/plain-text.ts';
import type { CheckedKind } from '../core/web-tables.ts';
import { explainQueryError } from '../resources/database/query-error.ts';
import { defineCommand } from '../runner/command.ts';
import type { Config } from '../runner/config/config.ts';
import { loadConfig } from '../runner/config/load.ts';
import { blogTimeFor } from '../runner/open-resources.ts';
import { openForReading } from '../runner/open-tables.ts';
import { comingOf } from '../runner/why/coming.ts';
import { findThing } from '../runner/why/find.ts';
import { actionOf, type Known } from '../runner/why/known.ts';
import { isAtRest, nextOf } from '../runner/why/next.ts';
import { whyText } from '../runner/why/text.ts';

export default defineCommand({
  summary: 'why a friend, site, feed or host stands as it does',
  details: [
    'Shows how it stands, what comes next, and its time line, newest first: what was seen and what was done about it. Of a',
    'friend or site it has the last hundred looks, of a feed or host the last hundred that brought news. It is',
    'named by its id in the blog, its name, or the host of its address.',
  ].join(' '),
  examples: [
    { command: 'blogctl why friend 12', meaning: 'the time line of a friend' },
    { command: 'blogctl why site example.com', meaning: 'a site of the navigation page, by its host' },
    { command: 'blogctl why feed 3 --json', meaning: 'all that is known of a feed, for a machine' },
  ],
  operands: [
    { name: '<kind>', description: 'friend, site, feed or host' },
    { name: '<id>', description: 'its id, its name, or the host of its address' },
  ],

  run: async ({ host, registry, general, operands }) => {
    const [kind = '', word = ''] = operands;
    if (!isKind(kind)) {
      throw new UsageError(
        `there is nothing to be known of the kind "${kind}"${didYouMean(kind, Object.keys(actionOf))}`,
      );
    }
    const config = await loadConfig(host, registry, { given: general.config, dryRun: general.dryRun });
    const { name: site, timezone } = config.blog;
    const time = createBlogTime(timezone, host.clock.nowMs, host.zoneOffsetMs);
    const local = (epochMs: number): string => time.fromEpochMs(epochMs).slice(0, 16);
    const { database, state, close } = await openForReading(config);
    try {
      const thing = await findThing(database, kind, word);
      const check = state.isReady ? ((await checksOf(state, site, kind)).get(thing.id) ?? null) : null;
      const evidence = state.isReady ? await evidenceOf(state, site, kind, thing.id) : [];
      const coming = await comingOf(kind, thing, check, { config, registry, host });
      const nowMs = host.clock.nowMs();
      const known: Known = { kind, thing, check, coming, reportedMs: reportedMsOf(thing, config, host), nowMs, local };
      const next = nextOf(known);
      if (general.json) host.print(`${plainJson(documentOf(known, next, evidence), 2)}\n`);
      else if (!general.quiet) {
        const columns = host.stdoutIsTerminal ? host.columns : null;
        host.print(whyText(known, next, evidence, { timezone, columns }));
      }
      return exitCodes.done;
    } catch (error) {
      throw explainQueryError(error, database.name) ?? error;
    } finally {
      await close();
    }
  },
});

function isKind(word: string): word is CheckedKind {
  return Object.hasOwn(actionOf, word);
}

function reportedMsOf({ updateDate }: CheckedThing, config: Config, host: Host): number | null {
  return updateDate !== undefined && isMoment(updateDate) ? blogTimeFor(config, host).toEpochMs(updateDate) : null;
}

function documentOf(known: Known, next: string, evidence: readonly Evidence[]) {
  const { kind, check, coming, reportedMs } = known;
  const { updateDate, ...thing } = known.thing;
  const look = isAtRest(known) ? null : coming.next;
  return {
    kind,
    ...thing,
    link: thing.link === null ? null : maskedAddress(thing.link),
    ...(updateDate === undefined ? {} : { lastReport: reportedMs === null ? null : isoUtc(reportedMs) }),
    check: check === null ? null : checkDocument(check),
    next,
    nextLook: look === null ? null : { job: look.job, at: isoUtc(look.atMs) },
    allowedBy: coming.allowedBy,
    evidence: evidence.map(({ at, result, verdict, reason, done }) => ({ at, result, verdict, reason, done })),
  };
}

function checkDocument({ state, failures, successes, link, ...times }: Check) {
  return {
    state,
    failures,
    successes,
    link,
    failingSince: times.failing_since,
    checkedAt: times.checked_at,
    okAt: times.ok_at,
    dueAt: times.due_at,
  };
}
