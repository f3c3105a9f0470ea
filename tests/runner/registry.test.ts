import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRegistry, type Registry } from '../../src/runner/registry.ts';
import { openStage, registry } from './stage.ts';

/** A registry over a folder with these files. */
async function registryOf(files: Readonly<Record<string, string>>, extension = '.mjs'): Promise<Registry> {
  const stage = await openStage();
  mkdirSync(join(stage.folder, 'actions'));
  mkdirSync(join(stage.folder, 'commands'));
  for (const [name, text] of Object.entries(files)) stage.write(name, text);
  return openRegistry(stage.folder, extension);
}

test('the names are those of the files, in order', async () => {
  const found = await registryOf({
    'actions/warm-cache.mjs': '',
    'actions/check-friends.mjs': '',
    'commands/run.mjs': '',
    'commands/a1-b2.mjs': '',
  });

  expect(found.actionNames()).toEqual(['check-friends', 'warm-cache']);
  expect(found.commandNames()).toEqual(['a1-b2', 'run']);
});

test('files that are named otherwise, and folders, are none', async () => {
  const found = await registryOf({
    'actions/Warm-Cache.mjs': '',
    'actions/warm_cache.mjs': '',
    'actions/-warm.mjs': '',
    'actions/warm--cache.mjs': '',
    'actions/warm-.mjs': '',
    'actions/2warm.mjs': '',
    'actions/warm.test.mjs': '',
    'actions/warm.ts': '',
    'actions/.mjs': '',
    'actions/README.md': '',
    'actions/warm/part.mjs': '',
  });

  expect(found.actionNames()).toEqual([]);
});

test('an action is what its file exports by default', async () => {
  const found = await registryOf({
    'actions/warm-cache.mjs': "export default { summary: 'warm' };",
    'commands/run.mjs': "export default { summary: 'run' };",
  });

  expect(await found.loadAction('warm-cache')).toMatchObject({ summary: 'warm' });
  expect(await found.loadCommand('run')).toMatchObject({ summary: 'run' });
});

test('a file of the built program, in CommonJS, is read alike', async () => {
  const found = await registryOf(
    {
      'actions/warm-cache.cjs':
        "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = { summary: 'warm' };",
    },
    '.cjs',
  );

  expect(await found.loadAction('warm-cache')).toMatchObject({ summary: 'warm' });
});

test('loading one imports nothing of the others', async () => {
  const found = await registryOf({
    'actions/good.mjs': "export default { summary: 'good' };",
    'actions/broken.mjs': "throw new Error('imported');",
  });

  await expect(found.loadAction('good')).resolves.toMatchObject({ summary: 'good' });
  await expect(found.loadAction('broken')).rejects.toThrow('imported');
});

test.each([
  'nothing',
  'run',
  '',
  '../commands/run',
  'a/b',
  '__proto__',
  'constructor',
  'warm-cache.mjs',
  'warm-cache\n',
])('there is no action %j', async (name) => {
  const found = await registryOf({
    'actions/warm-cache.mjs': 'export default {};',
    'commands/run.mjs': 'export default {};',
  });

  expect(await found.loadAction(name)).toBeNull();
});

test('a file without a default export is a mistake that names it', async () => {
  const found = await registryOf({ 'actions/empty-one.mjs': 'export const action = {};' });

  await expect(found.loadAction('empty-one')).rejects.toThrow(/actions\/empty-one\.mjs has no default export/);
});

test('the program’s own are found', async () => {
  expect(registry.actionNames()).toContain('warm-cache');
  expect(registry.commandNames()).toEqual(expect.arrayContaining(['history', 'init', 'install', 'run']));
  await expect(registry.loadAction('warm-cache')).resolves.toMatchObject({ uses: ['db', 'cache'] });
});
