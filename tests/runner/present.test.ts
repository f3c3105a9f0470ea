import { beforeEach, describe, expect, test } from 'vitest';
import { FailedError } from '../../src/core/errors.ts';
import type { RunReport } from '../../src/core/outcome.ts';
import { createRedactor } from '../../src/core/redact.ts';
import { openConsole, type Console } from '../../src/runner/console.ts';
import { failureText, reportText, stackOf } from '../../src/runner/present.ts';
import { testHost } from '../helpers/host.ts';
import { noFlags } from './stage.ts';

const success: RunReport = {
  job: 'nightly',
  action: 'warm-cache',
  dryRun: false,
  status: 'succeeded',
  summary: '2 set',
  counts: { set: 2 },
  changes: [{ what: 'set', target: 'a' }],
  findings: [],
  startedAt: '2026-03-18T06:05:09.000Z',
  durationMs: 1234,
  error: null,
};
const many = Array.from({ length: 25 }, (_, index) => ({ what: 'set', target: `key ${index}` }));

let console: Console;
beforeEach(async () => void (console = await openConsole(testHost(), noFlags, createRedactor())));

describe('the report of a run', () => {
  test('is its summary and how long it took', () => {
    expect(reportText(success, console, false)).toBe('2 set (1.2 s)');
  });

  test('has what should be looked at before it', () => {
    const findings = [{ kind: 'k', target: 'article 3 (坏)', message: 'it cannot be rendered' }];

    expect(reportText({ ...success, findings }, console, false)).toBe(
      '! article 3 (坏): it cannot be rendered\n2 set (1.2 s)',
    );
  });

  test('has no control character of whoever wrote a title', () => {
    const evil = '\x1b[2Jx\rx';
    const report: RunReport = {
      ...success,
      dryRun: true,
      summary: evil,
      changes: [{ what: 'set', target: evil, before: evil, after: evil }],
      findings: [{ kind: 'k', target: evil, message: evil }],
    };

    expect(reportText(report, console, true)).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });
});

describe('the plan of a dry run', () => {
  test('tells each change, from what to what', () => {
    const changes = [
      { what: 'set', target: 'a key' },
      { what: 'create', target: 'friend 1', after: 'shown' },
      { what: 'update', target: 'friend 2', before: true, after: false },
      { what: 'update', target: 'friend 3', before: null, after: 0 },
      { what: 'delete', target: 'friend 4', before: 'x', after: null },
    ];

    expect(reportText({ ...success, dryRun: true, changes }, console, false).split('\n')).toEqual([
      'would set a key',
      'would create friend 1: shown',
      'would update friend 2: true -> false',
      'would update friend 3: nothing -> 0',
      'would delete friend 4: x -> nothing',
      'dry run: 2 set (1.2 s)',
    ]);
  });

  test('tells twenty changes and how many more there are, those that were only counted too', () => {
    const lines = reportText({ ...success, dryRun: true, changes: many, changesOmitted: 100 }, console, false).split(
      '\n',
    );

    expect(lines).toHaveLength(22);
    expect(lines[20]).toBe('… and 105 more changes (--verbose shows all)');
  });

  test('with --verbose tells all', () => {
    const lines = reportText({ ...success, dryRun: true, changes: many }, console, true).split('\n');

    expect(lines).toHaveLength(26);
    expect(lines[24]).toBe('would set key 24');
  });

  test('is not told of a run that has done it', () => {
    expect(reportText({ ...success, changes: many }, console, true)).toBe('2 set (1.2 s)');
  });
});

describe('the text of a failure', () => {
  const failed: RunReport = {
    ...success,
    status: 'failed',
    summary: 'it broke',
    error: { kind: 'upstream', message: 'it broke' },
  };
  const options = { configPath: null, whenText: (iso: string) => `<${iso}>`, isVerbose: false };
  const textOf = (report: RunReport, lastSuccess: string | null = null, more = {}): string[] =>
    failureText({ report, error: null, lastSuccess }, { ...options, ...more }).split('\n');

  test('says what happened and where the earlier runs are', () => {
    expect(textOf(failed)).toEqual([
      'blogctl: nightly failed: it broke',
      '  Earlier runs: blogctl history --job nightly',
    ]);
  });

  test('says what to do, when it last worked, and with which configuration', () => {
    const report: RunReport = { ...failed, error: { kind: 'upstream', message: 'it broke', hint: 'Wait.' } };

    expect(textOf(report, '2026-03-18T00:00:00.000Z', { configPath: '/etc/b.yaml' })).toEqual([
      'blogctl: nightly failed: it broke',
      '  Wait.',
      '  It last succeeded at <2026-03-18T00:00:00.000Z>.',
      '  Earlier runs: blogctl history --job nightly --config /etc/b.yaml',
    ]);
  });

  test.each([
    ['timed out', 'blogctl: nightly timed out: it broke'],
    ['interrupted', 'blogctl: nightly was interrupted: it broke'],
    ['skipped', 'blogctl: nightly was skipped: it broke'],
  ] as const)('of a run that is %s begins so', (status, expected) => {
    expect(textOf({ ...failed, status })[0]).toBe(expected);
  });

  test('of a bug says that it is one', () => {
    const [, second, ...more] = textOf({ ...failed, error: { kind: 'bug', message: 'it broke' } });

    expect(second).toBe('  This is a bug in blogctl. --verbose shows where it happened.');
    expect(more).toEqual([]);
  });

  test('with --verbose has the stack and those of its causes', () => {
    const error = new FailedError('it broke', { cause: new Error('because', { cause: 'of that' }) });

    const text = failureText({ report: failed, error, lastSuccess: null }, { ...options, isVerbose: true });

    expect(text).toContain(`${error.stack}\ncaused by Error: because\n`);
    expect(stackOf(Object.assign(new Error('bare'), { stack: undefined }))).toBe('bare');
  });
});
