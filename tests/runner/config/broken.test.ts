import { describe, expect, test } from 'vitest';
import { openStage, problemsIn } from '../stage.ts';

describe('a file that is no YAML', () => {
  test.each([
    ['an unclosed quote', 'blog:\n  name: "x\njobs: {}\n', /^broken YAML: .+ \(blogctl\.yaml:\d\)$/],
    ['a tab for a blank', 'blog:\n\tname: x\n', /^broken YAML: .*\(blogctl\.yaml:2\)$/],
    ['a bracket left open', 'database: [a, b\n', /^broken YAML: .*\(blogctl\.yaml:[12]\)$/],
    ['two documents', 'blog: {}\n---\njobs: {}\n', /^broken YAML: .*multiple documents.*\(blogctl\.yaml:2\)$/],
    ['a key twice', 'blog: {}\njobs: {}\nblog: {}\n', /^broken YAML: map keys must be unique \(blogctl\.yaml:3\)$/],
    ['a key twice, deep down', 'blog:\n  name: a\n  name: b\n', /^broken YAML: map keys must be unique \(blogctl\.yaml:3\)$/],
    ['an alias of nothing', 'blog: *nowhere\n', /^broken YAML: .*alias.*nowhere/i],
  ])('%s is told with its line', async (_, text, expected) => {
    const stage = await openStage();

    const [first] = await problemsIn(stage, text);

    expect(first).toMatch(expected);
  });

  test('aliases that multiply are refused and not expanded', async () => {
    const stage = await openStage();
    const layers = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let layer = 1; layer <= 9; layer++) {
      layers.push(`a${layer}: &a${layer} [${Array.from({ length: 10 }, () => `*a${layer - 1}`).join(', ')}]`);
    }

    const problems = await problemsIn(stage, layers.join('\n'));

    expect(problems).toEqual([expect.stringMatching(/^broken YAML: .*alias/i)]);
  });

  test('brackets nested thousands deep are refused', async () => {
    const stage = await openStage();

    const problems = await problemsIn(stage, `blog: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`);

    expect(problems[0]).toMatch(/^broken YAML: /);
  });
});

describe('a file with no mapping in it', () => {
  test.each([
    ['a list', '- a\n', 'expected a mapping, got a list (blogctl.yaml)'],
    ['a text', 'hello\n', 'expected a mapping, got "hello" (blogctl.yaml)'],
    ['a number', '7\n', 'expected a mapping, got 7 (blogctl.yaml)'],
  ])('%s is told', async (_, text, expected) => {
    const stage = await openStage();

    expect(await problemsIn(stage, text)).toEqual([expected]);
  });

  test('an empty file names no database, and says what to add', async () => {
    const stage = await openStage();

    const problems = await problemsIn(stage, '# nothing yet\n');

    expect(problems).toEqual([
      `database: ${stage.folder}/blogctl.yaml names no database, and the environment has no IZONE_MYSQL_HOST`,
    ]);
  });
});
