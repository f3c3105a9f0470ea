import { checksOf, type Check } from '../blog/checks.ts';
import { monitoredHosts, type MonitoredHost } from '../blog/hosts.ts';
import { keepMessage } from '../blog/messages.ts';
import { openOutages, type Outage } from '../blog/outages.ts';
import { sendWaiting, untoldOf, type Sent } from '../blog/outbox.ts';
import { createBlogTime, isMoment } from '../blog/time.ts';
import { defineAction, type ActionContext } from '../core/action.ts';
import type { StateDatabase } from '../core/database.ts';
import { durationInWords } from '../core/duration.ts';
import { isWithinHours } from '../core/hours-of-day.ts';
import { isoUtc } from '../core/host.ts';
import type { Message, Notifier } from '../core/notify.ts';
import type { Finding, Outcome } from '../core/outcome.ts';
import { growingNumbers, hoursOfDay } from '../core/settings-forms.ts';
import { choice, settings, type SettingsOf } from '../core/settings.ts';
import { aheadChange, aheadTurns, isAhead, keepAhead } from './hosts/ahead.ts';
import { judge, type HostLook, type Judged, type Telling, type Turn } from './hosts/course.ts';
import { changeOf, keepOddClock, keepTurns, oddClocksIn } from './hosts/keep.ts';
import { lastReportMs } from './hosts/last-report.ts';
import { izoneMessage, messageOf } from './hosts/wording.ts';

const schema = settings({
  steps: growingNumbers('minutes of silence after which a host is told, each once', {
    default: [1, 10, 60, 240, 1440],
    min: 1,
    max: 525_600,
    placeholder: 'minutes',
  }),
  quietHours: hoursOfDay("hours in the blog's zone in which nobody is told; what happened in them is summed up after"),
  compat: choice("izone: as the blog's own task does it, to the minute, without memory", { values: ['izone'] }),
});

type Context = ActionContext<SettingsOf<typeof schema>, 'db' | 'state' | 'notify'>;

const minuteMs = 60_000;

export default defineAction({
  summary: 'tell when hosts stop reporting to the blog, and when they are back',
  details: [
    'Looks at the hosts that push their state to the blog, and tells by mail and webhooks (notify in the configuration)',
    'which of them have stopped: at each step of the silence once, whenever the next run comes, and again when they are',
    'back. One message tells of all hosts. What happens in the quiet hours is told after them, and what could not be sent',
    'is tried again by later runs, for three days. Where nobody is named, silent hosts are findings.',
  ].join(' '),
  examples: [
    { command: 'blogctl check-hosts', meaning: 'look, and tell what is new' },
    { command: 'blogctl check-hosts --dry-run', meaning: 'show what would be told to whom' },
    { command: 'blogctl check-hosts --steps 5 60 --quiet-hours 23:00-07:00', meaning: 'later, and not at night' },
  ],
  schedule: '* * * * *',
  settings: schema,
  uses: ['db', 'state', 'notify'],
  timeout: '5m',

  async run(context) {
    const findings: Finding[] = [];
    const all = await monitoredHosts(await context.db());
    const state = await context.state();
    const outages = context.settings.compat === 'izone' ? [] : await openOutages(state, context.blog.name);
    const hosts = looksAt(all, outages, context, findings);
    const notifier = await context.notify();
    const zoned = createBlogTime(context.blog.timezone, () => context.nowMs);
    const local = (epochMs: number): string => zoned.fromEpochMs(epochMs).slice(0, 19);
    const quiet = context.settings.quietHours;
    const isQuiet = quiet !== undefined && isWithinHours(quiet, local(context.nowMs).slice(11));
    const telling = notifier.channels.length === 0 ? 'never' : isQuiet ? 'later' : 'now';
    const setting: Setting = { context, state, outages, notifier, telling, local, findings };
    return context.settings.compat === 'izone' ? runAsIzone(setting, hosts) : runByOutages(setting, hosts);
  },
});

interface Setting {
  readonly context: Context;
  readonly state: StateDatabase;
  readonly outages: readonly Outage[];
  readonly notifier: Notifier;
  readonly telling: Telling;
  /** An instant in the blog's zone, to the second. */
  readonly local: (epochMs: number) => string;
  readonly findings: Finding[];
}

async function runByOutages(setting: Setting, hosts: readonly HostLook[]): Promise<Outcome> {
  const { context, state, outages, telling, local, findings } = setting;
  const { nowMs, settings: wanted, blog } = context;
  const checks = state.isReady ? await checksOf(state, blog.name, 'host') : new Map<number, Check>();
  const oddClocks = oddClocksIn(checks);
  const judged = judge(hosts, outages, { steps: wanted.steps, nowMs, telling, oddClocks });
  const told = judged.turns.filter((turn) => turn.isTold);
  const isEverySilent = hosts.length > 1 && judged.silent.length === hosts.length;
  const ahead = aheadTurns(hosts, checks, { nowMs, telling });
  const text = () => messageOf({ turns: told, ahead, isEverySilent }, { nowMs, local });
  const message = told.length + ahead.length === 0 ? null : compose(setting, text());
  if (message !== null) await keep(setting, message);
  const ledger = { state, site: blog.name, nowMs, local };
  // Each is a change of its own, but all are written with the first: there may be thousands.
  let written: Promise<void> | undefined;
  const writeAll = async (): Promise<void> => {
    // What is known of a host after this run is what was written last: first that its time is right again.
    await keepAhead(
      ledger,
      ahead.filter(({ kind }) => kind === 'in-time'),
    );
    await keepTurns(ledger, judged.turns);
    await keepAhead(
      ledger,
      ahead.filter(({ kind }) => kind === 'ahead'),
    );
  };
  const write = (): Promise<void> => (written ??= writeAll());
  for (const turn of judged.turns) await context.change(changeOf(turn, nowMs), write);
  for (const turn of ahead) await context.change(aheadChange(turn), write);
  for (const host of judged.odd) {
    const target = targetOf(host);
    const behind = durationInWords(nowMs - host.updateMs);
    const change = { what: 'note', target, after: `reports, ${behind} behind` };
    await context.change(change, () => keepOddClock(ledger, host, !oddClocks.has(host.id)));
    const reason = `it reports, but its time is ${behind} behind: do blog.timezone and blog.useTz fit the blog?`;
    findings.push({ kind: 'clock-behind', target, message: `${reason} Until then its silence cannot be judged` });
  }
  if (telling === 'never') findings.push(...silentFindings(judged, nowMs));
  const sent = await send(setting, message);
  return outcomeOf(hosts.length, judged.silent.length, judged.turns, sent, setting);
}

// As the blog's own task: those whose silence is a step to the minute, at this very run or never.
async function runAsIzone(setting: Setting, hosts: readonly HostLook[]): Promise<Outcome> {
  const { context, telling, local, findings } = setting;
  const { nowMs, settings: wanted } = context;
  const silent = hosts
    .map((host) => ({ name: host.name, minutes: Math.floor((nowMs - host.updateMs) / minuteMs), host }))
    .filter(({ minutes }) => wanted.steps.includes(minutes));
  const message = silent.length > 0 && telling === 'now' ? compose(setting, izoneMessage(silent, local(nowMs))) : null;
  if (message !== null) await keep(setting, message);
  if (telling === 'never') {
    findings.push(...silentFindings({ silent: silent.map(({ host }) => host) }, nowMs));
  }
  return outcomeOf(hosts.length, silent.length, [], await send(setting, message), setting);
}

function looksAt(
  all: readonly MonitoredHost[],
  outages: readonly Outage[],
  { time, nowMs }: Context,
  findings: Finding[],
): HostLook[] {
  const began = new Map(outages.filter(({ endedMs }) => endedMs === null).map((one) => [one.hostId, one.beganMs]));
  return all.flatMap((host): HostLook[] => {
    if (!host.isWatched) return [];
    const target = targetOf(host);
    if (!isMoment(host.updateDate)) {
      findings.push({
        kind: 'no-date',
        target,
        message: 'its update_date is no date, so nobody knows when it reported',
      });
      return [];
    }
    const updateMs = lastReportMs(host.updateDate, time, { nowMs, silentSinceMs: began.get(host.id) ?? null });
    if (isAhead({ updateMs }, nowMs)) {
      const message = `its time is ${durationInWords(updateMs - nowMs)} ahead: until then its silence is not noticed`;
      findings.push({ kind: 'clock-ahead', target, message });
    }
    return [{ ...host, updateMs }];
  });
}

function compose({ context }: Setting, text: Pick<Message, 'subject' | 'body'>): Message {
  return { ...text, about: 'hosts', at: isoUtc(context.nowMs) };
}

async function keep({ context, state, notifier }: Setting, message: Message): Promise<void> {
  const change = { what: 'write', target: 'message', after: `${message.subject}\n${message.body}` };
  await context.change(change, () => keepMessage(state, context.blog.name, message, notifier.channels));
}

async function send({ context, state, notifier, telling, findings }: Setting, message: Message | null): Promise<Sent> {
  if (telling !== 'now') return { told: 0, failed: 0, givenUp: 0, isCutOff: false, findings: [] };
  const { nowMs, signal, change, blog } = context;
  const sent = await sendWaiting({ state, site: blog.name, notifier, topic: 'hosts', nowMs, signal, change }, message);
  findings.push(...sent.findings);
  const untold = untoldOf(sent);
  if (untold !== null) throw untold;
  for (const { target, message: reason } of sent.findings) context.log.warn('not told', { channel: target, reason });
  return sent;
}

function silentFindings({ silent }: Pick<Judged, 'silent'>, nowMs: number): Finding[] {
  return silent.map((host) => ({
    kind: 'host-silent',
    target: targetOf(host),
    message: `silent for ${durationInWords(nowMs - host.updateMs)}; nobody is told, since notify names nobody`,
  }));
}

function outcomeOf(
  hosts: number,
  silent: number,
  turns: readonly Turn[],
  { told, failed }: Sent,
  { findings, telling }: Setting,
): Outcome {
  const recovered = turns.filter((turn) => turn.kind === 'back' || turn.kind === 'passed').length;
  const putOff = telling === 'later' ? turns.length : 0;
  const parts = [`${hosts} ${hosts === 1 ? 'host' : 'hosts'} watched, ${silent} silent`];
  if (recovered > 0) parts.push(`${recovered} back`);
  if (putOff > 0) parts.push(`${putOff} to be told after the quiet hours`);
  if (told > 0) parts.push(`told by ${channels(told)}`);
  if (failed > 0) parts.push(`${channels(failed)} failed`);
  return { summary: parts.join(', '), counts: { hosts, silent, recovered, putOff, told, failed }, findings };
}

function channels(count: number): string {
  return `${count} ${count === 1 ? 'channel' : 'channels'}`;
}

function targetOf({ id, name }: MonitoredHost): string {
  return `host ${id} (${name})`;
}
