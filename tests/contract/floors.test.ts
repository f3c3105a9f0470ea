import { expect, test } from 'vitest';
import { readSources, type SourceFile } from './source-files.ts';

const sources = readSources();

/** The floors of the house; a file stands on that of its folder, or on its own where it is named. */
const floors: Readonly<Record<string, number>> = {
  'main.ts': 5,
  'program.ts': 4,
  commands: 4,
  runner: 3,
  actions: 2,
  resources: 2,
  schedule: 2,
  demo: 2,
  blog: 1,
  content: 1,
  core: 1,
};

const folderOf = (name: string): string => name.split('/')[0] ?? '';
const floorOf = (name: string): number => floors[folderOf(name)] ?? Number.NaN;

/** Every import that breaks a rule, as `file -> target`. */
function broken(rule: (file: string, target: string, isOurs: boolean) => boolean): string[] {
  return sources.flatMap(({ name, imports }) =>
    imports.filter(({ target, isOurs }) => rule(name, target, isOurs)).map(({ target }) => `${name} -> ${target}`),
  );
}

test('what reads the imports sees those there are', () => {
  const of = (name: string): SourceFile['imports'] => sources.find((source) => source.name === name)?.imports ?? [];

  expect(of('main.ts')).toContainEqual({ target: 'program.ts', isOurs: true, isTypeOnly: false });
  expect(of('core/action.ts')).toContainEqual({ target: 'blog/time.ts', isOurs: true, isTypeOnly: true });
  expect(of('program.ts')).toContainEqual({ target: 'runner/flags.ts', isOurs: true, isTypeOnly: false });
  expect(of('runner/tables/migrate.ts')).toContainEqual({ target: 'kysely', isOurs: false, isTypeOnly: false });
  expect(sources.flatMap((source) => source.imports).length).toBeGreaterThan(300);
});

test('every file stands on a floor', () => {
  expect(sources.map(({ name }) => name).filter((name) => Number.isNaN(floorOf(name)))).toEqual([]);
});

test('every import leads to a file that is there', () => {
  const names = new Set(sources.map(({ name }) => name));

  expect(
    broken((_, target, isOurs) => isOurs && target.endsWith('.ts') && !names.has(target) && !target.endsWith('.d.ts')),
  ).toEqual([]);
});

test('a file imports from its own floor or from below, never upwards', () => {
  expect(broken((file, target, isOurs) => isOurs && floorOf(target) > floorOf(file))).toEqual([]);
});

test('the ground floor’s words do not lean on what is said with them', () => {
  const isAboutOthers = (file: string, target: string): boolean =>
    folderOf(file) === 'core' && ['blog', 'content'].includes(folderOf(target));
  const leaning = sources.flatMap(({ name, imports }) =>
    imports
      .filter((one) => one.isOurs && !one.isTypeOnly && isAboutOthers(name, one.target))
      .map(({ target }) => `${name} -> ${target}`),
  );

  expect(leaning).toEqual([]);
});

test('actions get their resources and never open one', () => {
  expect(
    broken((file, target, isOurs) => isOurs && folderOf(file) === 'actions' && folderOf(target) === 'resources'),
  ).toEqual([]);
});

test('actions know nothing of each other', () => {
  const isAction = (name: string): boolean => /^actions\/[^/]+\.ts$/.test(name);

  expect(broken((file, target, isOurs) => isOurs && isAction(file) && isAction(target))).toEqual([]);
});

test('actions, blog and content import no driver and nothing of node’s', () => {
  const drivers =
    /^(node:|better-sqlite3|mysql2|pg($|\/)|ioredis|undici|octokit|@octokit|qiniu|nodemailer|@aws-sdk|simple-git)/;

  expect(
    broken(
      (file, target, isOurs) =>
        !isOurs && ['actions', 'blog', 'content'].includes(folderOf(file)) && drivers.test(target),
    ),
  ).toEqual([]);
});

test('a driver is imported in resources alone', () => {
  const drivers = /^(better-sqlite3|mysql2|pg($|\/)|ioredis|undici|octokit|@octokit|qiniu|nodemailer|@aws-sdk)/;

  expect(broken((file, target, isOurs) => !isOurs && folderOf(file) !== 'resources' && drivers.test(target))).toEqual(
    [],
  );
});

test('no import goes in a circle, types aside', () => {
  const graph = new Map(
    sources.map(({ name, imports }) => [
      name,
      imports.filter(({ isOurs, isTypeOnly }) => isOurs && !isTypeOnly).map(({ target }) => target),
    ]),
  );

  expect(circlesIn(graph)).toEqual([]);
});

test('a circle would be seen', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', []],
  ]);

  expect(circlesIn(graph)).toEqual(['a -> b -> c -> a']);
});

/** The circles of a graph, each as it is met on a walk in depth. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = [];
  const isDone = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const before = path.indexOf(name);
    if (before >= 0) circles.push([...path.slice(before), name].join(' -> '));
    if (before >= 0 || isDone.has(name)) return;
    for (const target of graph.get(name) ?? []) visit(target, [...path, name]);
    isDone.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return circles;
}
