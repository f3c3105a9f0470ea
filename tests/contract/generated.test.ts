import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readEntries } from '../../src/schedule/crontab-block.ts';
import { load, openStage, registry } from '../runner/stage.ts';
import { fits, type Schema } from './json-schema.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const variables = { DB_PASSWORD: 'p@ss:w/rd' };

test('the generated files are those that the actions make', async () => {
  const tsx = join(root, 'node_modules', '.bin', 'tsx');

  const { stdout } = await promisify(execFile)(tsx, ['scripts/generate.ts', '--check'], { cwd: root });

  expect(stdout).toBe('');
});

describe('config/blogctl.example.yaml', () => {
  const example = read('config/blogctl.example.yaml');

  test('loads without a problem, everybody may read it, and every action is in it', async () => {
    const stage = await openStage({ variables });
    stage.write('blogctl.yaml', example, 0o644);

    const config = await load(stage);

    expect(config.warnings).toEqual([]);
    expect([...config.jobs.keys()]).toEqual(registry.actionNames());
    expect(config.environmentNames).toEqual(['DB_PASSWORD']);
  });

  test('shows the defaults: with its commented values taken in it means the same', async () => {
    const stage = await openStage({ variables });
    stage.write('blogctl.yaml', example);
    const asItIs = await load(stage);
    stage.write('blogctl.yaml', withDefaults(example));

    const withAll = await load(stage);

    const { jobs: _jobs, ...general } = asItIs;
    expect(withAll).toMatchObject(general);
    for (const [name, job] of withAll.jobs) {
      const action = await registry.loadAction(job.action);
      expect(Object.keys(job.settings).length).toBeGreaterThan(0);
      expect(action?.settings.parse(job.settings)).toEqual(action?.settings.parse(asItIs.jobs.get(name)?.settings));
    }
  });

  test('names every setting of every action, with what it means', async () => {
    for (const name of registry.actionNames()) {
      const action = await registry.loadAction(name);
      for (const setting of Object.keys(action?.settings.shape ?? {})) {
        expect(example).toMatch(new RegExp(`^    # ${setting}:.*  # \\S`, 'm'));
      }
    }
  });
});

describe('config/blogctl.schema.json', () => {
  const schema = JSON.parse(read('config/blogctl.schema.json')) as Schema;
  const example = parse(withDefaults(read('config/blogctl.example.yaml'))) as Record<string, unknown>;

  test('accepts the example, as it is and with its defaults', () => {
    expect(fits(schema, parse(read('config/blogctl.example.yaml')))).toBe(true);
    expect(fits(schema, example)).toBe(true);
  });

  test.each([
    ['jobs that are named alone or kept off', { jobs: { 'warm-cache': null } }],
    ['a job of another name', { jobs: { nightly: { action: 'warm-cache', schedule: false, expiry: '2d' } } }],
    ['settings of a job', { jobs: { 'warm-cache': { articles: [1, 'slug'], force: true, timeout: '5m' } } }],
    ['an empty configuration', {}],
  ])('accepts %s', (_, config) => {
    expect(fits(schema, config)).toBe(true);
  });

  test.each([
    ['an unknown key', { databse: 'x' }],
    ['an unknown key of the blog', { blog: { nam: 'x' } }],
    ['an unknown key of the state', { state: { keep: '1d' } }],
    ['an unknown key of a job', { jobs: { 'warm-cache': { expirey: '1d' } } }],
    ['an unknown key of a job of another name', { jobs: { nightly: { action: 'warm-cache', expirey: '1d' } } }],
    ['a job without an action', { jobs: { nightly: { expiry: '1d' } } }],
    ['a job of no action', { jobs: { nightly: { action: 'warm-cash' } } }],
    ['a wrong type', { jobs: { 'warm-cache': { force: 'yes' } } }],
    ['a number out of bounds', { jobs: { 'warm-cache': { concurrency: 0 } } }],
    ['a wrong choice', { blog: { markdown: { preset: 'github' } } }],
  ])('refuses %s', (_, config) => {
    expect(fits(schema, config)).toBe(false);
  });

  test('has words for whoever writes it in an editor', () => {
    expect(fits(schema, 7)).toBe(false);
    expect(JSON.stringify(schema).match(/"description":""/g)).toBeNull();
    for (const key of ['blog', 'database', 'cache', 'state', 'jobs']) {
      expect(schema).toHaveProperty(`properties.${key}.description`);
    }
  });
});

test('crontab.example has a line for every action with a schedule', async () => {
  const entries = readEntries(read('crontab.example'), 'my-blog');

  const scheduled = await Promise.all(
    registry
      .actionNames()
      .map(async (name) => ({ name, schedule: (await registry.loadAction(name))?.schedule ?? null })),
  );
  expect(entries.map(({ name, schedule }) => ({ name, schedule }))).toEqual(
    scheduled.filter((one) => one.schedule !== null),
  );
});

test('README.md has a row for every action', async () => {
  const readme = read('README.md');

  for (const name of registry.actionNames()) {
    const action = await registry.loadAction(name);
    expect(readme).toContain(`| \`${name}\` | ${action?.summary} |`);
  }
});

/** The example with every line that shows a default taken in. */
function withDefaults(text: string): string {
  return text
    .replace(/^# (?=(state|http|notify):$)/gm, '')
    .replace(/^# {3}(?=[a-zA-Z]+: \S)/gm, '  ')
    .replace(/^( +)# (?=[a-zA-Z]+: \S)/gm, '$1');
}
