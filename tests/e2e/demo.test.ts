import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { blogctl, launcherPath, type CliResult } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/servers/temporary-folder.ts';

interface Place {
  readonly folder: string;
  readonly demo: (args?: readonly string[]) => Promise<CliResult>;
}

async function freshPlace(): Promise<Place> {
  const { path: folder, remove } = await temporaryFolder('demo');
  onTestFinished(remove);
  return { folder, demo: (args = []) => blogctl(['demo', ...args], { cwd: folder, env: { HOME: folder } }) };
}

describe('demo', () => {
  test('makes a blog, warms its cache, tells both, and leaves a configuration that works from anywhere', async () => {
    const { folder, demo } = await freshPlace();
    const config = join(folder, 'demo-blog', 'blogctl.yaml');

    const result = await demo();
    const elsewhere = { cwd: '/', env: { HOME: folder } };
    const again = await blogctl(['warm-cache', '--json', '--config', config], elsewhere);
    const history = await blogctl(['history', '--json', '--config', config], elsewhere);

    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toContain(`made a demo blog in ${folder}/demo-blog: 58 articles`);
    expect(result.stdout).toContain('58 articles rendered and set');
    expect(result.stdout).toContain(`\n  ${config}\n`);
    expect(statSync(config).mode & 0o777).toBe(0o600);
    expect(JSON.parse(again.stdout)).toMatchObject({ counts: { set: 0, present: 58 } });
    expect(JSON.parse(history.stdout)).toMatchObject({
      runs: [{ status: 'succeeded' }, { status: 'succeeded', counts: { set: 58 } }],
    });
  });

  test('the commands that it names work as they are printed', async () => {
    const { folder, demo } = await freshPlace();
    const { stdout } = await demo(['blog']);
    // Called as a file of the checkout, it names itself so: `blogctl` alone may not be on the PATH.
    const lines = stdout.split('\n').filter((line) => line.startsWith(`  node ${launcherPath} `));
    const named = lines.map((line) => line.trim().split(' ').slice(2));

    const codes = [];
    for (const words of named.filter(([first]) => first !== 'install')) {
      codes.push((await blogctl(words, { cwd: '/', env: { HOME: folder } })).code);
    }

    expect(named).toHaveLength(4);
    expect(codes).toEqual([0, 0, 0]);
  });

  test('made again it is a fresh one', async () => {
    const { folder, demo } = await freshPlace();
    await demo(['blog']);

    const result = await demo(['blog']);

    expect(result.code).toBe(0);
    const history = await blogctl(['history', '--json'], { cwd: join(folder, 'blog'), env: { HOME: folder } });
    expect(JSON.parse(history.stdout)).toMatchObject({ runs: [{ counts: { set: 58 } }] });
    expect((JSON.parse(history.stdout) as { runs: unknown[] }).runs).toHaveLength(1);
  });

  test('leaves a folder alone that holds anything else, and a file in the way', async () => {
    const { folder, demo } = await freshPlace();
    mkdirSync(join(folder, 'mine'));
    writeFileSync(join(folder, 'mine', 'blogctl.yaml'), 'database: sqlite:blog.db\n');
    writeFileSync(join(folder, 'mine', 'blog.db'), 'precious');
    writeFileSync(join(folder, 'file'), 'precious too');

    const foreign = await demo(['mine']);
    const file = await demo(['file']);

    expect(foreign.code).toBe(1);
    expect(foreign.stderr).toContain(`${folder}/mine is not empty and holds no demo blog; nothing was changed`);
    expect(readFileSync(join(folder, 'mine', 'blog.db'), 'utf8')).toBe('precious');
    expect(file.code).toBe(1);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('precious too');
  });

  test('--dry-run tells what would be made and makes nothing', async () => {
    const { folder, demo } = await freshPlace();

    const result = await demo(['--dry-run']);

    expect(result.code).toBe(0);
    expect(result.stdout).toContain(`would make ${folder}/demo-blog/blog.db\n`);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('--quiet prints nothing, --json the report of the warming', async () => {
    const { folder, demo } = await freshPlace();

    const quiet = await demo(['one', '--quiet']);
    const json = await demo(['two', '--json']);

    expect(quiet).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(join(folder, 'one', 'blog.db'))).toBe(true);
    expect(JSON.parse(json.stdout)).toMatchObject({ job: 'warm-cache', counts: { set: 58 } });
  });
});
