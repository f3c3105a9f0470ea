import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigurationError } from '../../../src/core/errors.ts';
import { configPlaces, findConfig } from '../../../src/runner/config/find.ts';
import { isRoot } from '../../helpers/servers/programs.ts';
import { openStage, type Stage } from '../stage.ts';

/** The stage with variables of its own. */
function withVariables(stage: Stage, variables: Record<string, string>): Stage['host'] {
  return { ...stage.host, variables };
}

test('looks in the working folder, then the user’s, then the machine’s', async () => {
  const stage = await openStage();

  const places = configPlaces(stage.host);

  expect(places).toEqual([
    join(stage.folder, 'blogctl.yaml'),
    join(stage.home, '.config', 'blogctl', 'blogctl.yaml'),
    '/etc/blogctl/blogctl.yaml',
  ]);
});

test('takes XDG_CONFIG_HOME for the user’s folder where it is an absolute path', async () => {
  const stage = await openStage();

  expect(configPlaces(withVariables(stage, { XDG_CONFIG_HOME: '/xdg' }))).toContain('/xdg/blogctl/blogctl.yaml');
  expect(configPlaces(withVariables(stage, { XDG_CONFIG_HOME: 'xdg' }))[1]).toBe(
    join(stage.home, '.config', 'blogctl', 'blogctl.yaml'),
  );
});

test('looks in two places where the user has no home', async () => {
  const stage = await openStage({ homeDirectory: null });

  expect(configPlaces(stage.host)).toEqual([join(stage.folder, 'blogctl.yaml'), '/etc/blogctl/blogctl.yaml']);
});

test('--config beats $BLOGCTL_CONFIG, which beats ./blogctl.yaml, which beats the user’s', async () => {
  const stage = await openStage();
  stage.write('flag.yaml', 'flag');
  stage.write('variable.yaml', 'variable');
  stage.write('blogctl.yaml', 'here');
  stage.write('../home/.config/blogctl/blogctl.yaml', 'home');
  const named = withVariables(stage, { BLOGCTL_CONFIG: 'variable.yaml' });

  expect(findConfig(named, 'flag.yaml')?.text).toBe('flag');
  expect(findConfig(named, undefined)?.text).toBe('variable');
  expect(findConfig(stage.host, undefined)?.text).toBe('here');
  expect(findConfig({ ...stage.host, workingDirectory: stage.home }, undefined)?.text).toBe('home');
});

test('finds a named file from the working folder, and names it by its full path', async () => {
  const stage = await openStage();
  const path = stage.write('conf/blog.yaml', 'x', 0o640);

  const file = findConfig(stage.host, 'conf/blog.yaml');

  expect(file).toEqual({ path, text: 'x', mode: 0o640 });
});

test('finds nothing where there is nothing, and an empty variable names nothing', async () => {
  const stage = await openStage({ homeDirectory: null });

  expect(findConfig(stage.host, undefined)).toBeNull();
  expect(findConfig(withVariables(stage, { BLOGCTL_CONFIG: '' }), undefined)).toBeNull();
});

test.each([
  ['--config', 'missing.yaml', {}],
  ['$BLOGCTL_CONFIG', undefined, { BLOGCTL_CONFIG: 'missing.yaml' }],
])('a file that %s names and that is not there is an error, whatever else there is', async (name, given, variables) => {
  const stage = await openStage();
  stage.write('blogctl.yaml', 'here');

  const find = (): unknown => findConfig(withVariables(stage, variables), given);

  expect(find).toThrow(`${name} names ${join(stage.folder, 'missing.yaml')}, but there is no such file`);
  expect(find).toThrow(ConfigurationError);
});

test('an empty --config is a mistake, and not a reason to search', async () => {
  const stage = await openStage();

  expect(() => findConfig(stage.host, '')).toThrow('--config: expected the path of a file, got ""');
});

test('says so where the file is a folder', async () => {
  const stage = await openStage();
  mkdirSync(join(stage.folder, 'blogctl.yaml'));

  expect(() => findConfig(stage.host, undefined)).toThrow('blogctl.yaml cannot be read: it is a folder');
});

test('says so where the file is not UTF-8', async () => {
  const stage = await openStage();
  stage.write('blogctl.yaml', Uint8Array.of(0x6e, 0x3a, 0x20, 0xc4, 0xe3));

  expect(() => findConfig(stage.host, undefined)).toThrow('blogctl.yaml cannot be read: it is not UTF-8 text');
});

test('says so where links go in a circle', async () => {
  const stage = await openStage();
  symlinkSync('blogctl.yaml', join(stage.folder, 'blogctl.yaml'));

  expect(() => findConfig(stage.host, undefined)).toThrow(ConfigurationError);
});

test.skipIf(isRoot())('says so where the user may not read the file (root may read everything)', async () => {
  const stage = await openStage();
  stage.write('blogctl.yaml', 'x', 0o000);

  expect(() => findConfig(stage.host, undefined)).toThrow('blogctl.yaml cannot be read: this user may not read it');
});

test('a byte order mark is no part of the text', async () => {
  const stage = await openStage();
  stage.write('blogctl.yaml', '\uFEFFblog: {}');

  expect(findConfig(stage.host, undefined)?.text).toBe('blog: {}');
});
