import { chmodSync, chownSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/core/errors.ts';
import { isRoot } from '../../helpers/servers/programs.ts';
import { load, openStage, type Stage } from '../stage.ts';

const plain = 'database: sqlite:blog.db\nblog: { name: kept }\njobs: { warm-cache: { expiry: 2d, schedule: off } }\n';

/** Where configurations are kept on this stage, as full paths. */
function keptFiles(stage: Stage): string[] {
  const folder = join(stage.home, '.cache', 'blogctl');
  return stage.has(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** A stage whose configuration has been loaded and kept. */
async function keptStage(text = plain): Promise<{ stage: Stage; kept: string }> {
  const stage = await openStage();
  stage.write('blogctl.yaml', text);
  await load(stage, { dryRun: false });
  return { stage, kept: keptFiles(stage)[0] ?? '' };
}

/** Changes what is kept, so that it shows whether it was read. */
function tamper(stage: Stage, path: string): void {
  writeFileSync(path, stage.read(path).replaceAll('"name":"kept"', '"name":"tampered"'));
}

describe('a kept configuration', () => {
  test('is the very same as the one that was checked', async () => {
    const { stage } = await keptStage();

    const again = await load(stage);

    writeFileSync(join(stage.folder, 'blogctl.yaml'), `${plain}# another text\n`);
    expect(again).toEqual(await load(stage));
  });

  test('is used while text and build are the same', async () => {
    const { stage, kept } = await keptStage();
    tamper(stage, kept);

    expect((await load(stage)).blog.name).toBe('tampered');
  });

  test('is used for a file whose comments explain placeholders', async () => {
    const { stage, kept } = await keptStage(`# \${env:NAME} takes a variable, \${file:/path} a file\n${plain}`);
    tamper(stage, kept);

    const config = await load(stage);

    expect(config.blog.name).toBe('tampered');
    expect(config.environmentNames).toEqual([]);
  });

  test('is not used once the file has changed', async () => {
    const { stage, kept } = await keptStage();
    tamper(stage, kept);
    stage.write('blogctl.yaml', `${plain}# a comment\n`);

    expect((await load(stage)).blog.name).toBe('kept');
  });

  test('is not used by another build', async () => {
    const { stage, kept } = await keptStage();
    tamper(stage, kept);

    const config = await load({ ...stage, host: { ...stage.host, buildId: 'build 2' } });

    expect(config.blog.name).toBe('kept');
  });

  test('is not used for another file of the same text', async () => {
    const { stage, kept } = await keptStage();
    tamper(stage, kept);
    stage.write('other.yaml', plain);

    expect((await load(stage, { given: 'other.yaml' })).blog.name).toBe('kept');
  });

  test.each([0o620, 0o602])('is not used where others may write it (%o)', async (mode) => {
    const { stage, kept } = await keptStage();
    tamper(stage, kept);
    chmodSync(kept, mode);

    expect((await load(stage)).blog.name).toBe('kept');
  });

  test.skipIf(!isRoot())('is not used where it belongs to somebody else (only root can give files away)', async () => {
    const { stage, kept } = await keptStage();
    tamper(stage, kept);
    chownSync(kept, 65_534, 65_534);

    expect((await load(stage)).blog.name).toBe('kept');
  });

  test('is not used where it is damaged, and is made again', async () => {
    const { stage, kept } = await keptStage();
    writeFileSync(kept, '{"general":');

    const config = await load(stage, { dryRun: false });

    expect(config.blog.name).toBe('kept');
    expect(JSON.parse(stage.read(kept))).toMatchObject({ text: plain });
  });

  test('fills its placeholders in anew each time', async () => {
    const stage = await openStage();
    stage.write('blogctl.yaml', 'database: mysql://blog:${env:PW}@127.0.0.1/izone\n');
    const withPassword = (PW: string): Stage => ({ ...stage, host: { ...stage.host, variables: { PW } } });
    await load(withPassword('first-pw'), { dryRun: false });

    const config = await load(withPassword('second-pw'));

    expect(keptFiles(stage)).toHaveLength(1);
    expect(config.database).toBe('mysql://blog:second-pw@127.0.0.1/izone');
    expect(config.secrets).toContain('second-pw');
  });

  test('whose placeholder is no longer set, or no longer makes an address, is told with its line', async () => {
    const stage = await openStage();
    stage.write('blogctl.yaml', 'blog: { name: kept }\ndatabase: ${env:DB}\n');
    const withDatabase = (DB: string | undefined): Stage => ({ ...stage, host: { ...stage.host, variables: { DB } } });
    await load(withDatabase('sqlite:a.db'), { dryRun: false });

    expect(keptFiles(stage)).toHaveLength(1);
    await expect(load(withDatabase(undefined))).rejects.toThrow(
      'database: the environment variable DB is not set (blogctl.yaml:2)',
    );
    await expect(load(withDatabase('oracle://x'))).rejects.toThrow(/^database: expected sqlite:.*\(blogctl\.yaml:2\)$/);
    await expect(load(withDatabase('oracle://x'))).rejects.toThrow(ConfigurationError);
  });
});

describe('keeping', () => {
  test('makes a file and a folder for this user alone, and leaves nothing else', async () => {
    const { stage, kept } = await keptStage();

    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(statSync(join(stage.home, '.cache', 'blogctl')).mode & 0o777).toBe(0o700);
    expect(keptFiles(stage)).toEqual([kept]);
  });

  test('does not happen in a dry run', async () => {
    const stage = await openStage();
    stage.write('blogctl.yaml', plain);

    await load(stage, { dryRun: true });

    expect(readdirSync(stage.home)).toEqual([]);
  });

  test('goes to XDG_CACHE_HOME where that is set', async () => {
    const stage = await openStage();
    stage.write('blogctl.yaml', plain);
    const folder = join(stage.home, 'xdg');

    await load({ ...stage, host: { ...stage.host, variables: { XDG_CACHE_HOME: folder } } }, { dryRun: false });

    expect(readdirSync(join(folder, 'blogctl'))).toHaveLength(1);
    expect(keptFiles(stage)).toEqual([]);
  });

  test.each([
    ['in the database’s address', 'database: mysql://blog:geheim@127.0.0.1/izone\n'],
    ['in the cache’s address', 'database: sqlite:a.db\ncache: redis://:geheim@127.0.0.1/0\n'],
    ['behind a question mark', 'database: sqlite:a.db\ncache: redis://127.0.0.1/0?password=geheim\n'],
    ['in the state’s address', 'database: sqlite:a.db\nstate: { database: "postgres://u:geheim@h/x" }\n'],
  ])('never happens to a file with a secret in it: %s', async (_, text) => {
    const stage = await openStage();
    stage.write('blogctl.yaml', text);

    await load(stage, { dryRun: false });

    expect(keptFiles(stage)).toEqual([]);
  });

  test('writes placeholders and never their values', async () => {
    const stage = await openStage({ variables: { PW: 'geheim-variable' } });
    const secret = stage.write('secret', 'geheim-file');
    stage.write('blogctl.yaml', `database: mysql://blog:\${env:PW}@h/izone\ncache: redis://:\${file:${secret}}@h/0\n`);

    await load(stage, { dryRun: false });

    const [kept = ''] = keptFiles(stage);
    expect(stage.read(kept)).toContain('${env:PW}');
    expect(stage.read(kept)).not.toContain('geheim');
  });

  test('fails in silence where the folder cannot be made', async () => {
    const stage = await openStage();
    stage.write('blogctl.yaml', plain);
    writeFileSync(join(stage.home, '.cache'), 'a file');

    await expect(load(stage, { dryRun: false })).resolves.toMatchObject({ blog: { name: 'kept' } });
  });
});
