import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { blogctl } from '../helpers/cli.ts';
import { registry } from '../runner/stage.ts';

const pages = [...registry.actionNames(), ...registry.commandNames(), 'install show', 'install remove'].map((page) =>
  page.split(' '),
);

describe('help needs no configuration', () => {
  test('the whole has actions and commands in groups, examples and exit codes', async () => {
    const asked = await blogctl(['--help']);
    const unasked = await blogctl([]);
    const spelled = await blogctl(['help']);

    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(unasked.stdout).toContain(asked.stdout.split('\nExamples:')[0]);
    expect(spelled.stdout).toBe(asked.stdout);
    const [head = '', actions = '', commands = ''] = asked.stdout.split(/^Actions.*:$|^Commands about.*:$/m);
    expect(head).toContain('Usage: blogctl <command> [options]');
    for (const name of registry.actionNames()) expect(actions).toContain(`\n  ${name} `);
    for (const name of registry.commandNames()) expect(commands).toContain(`\n  ${name} `);
    expect(asked.stdout).toContain('\nExamples:\n  blogctl demo');
    expect(asked.stdout).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage or configuration');
  });

  test.each(pages)('%s %s has a page of its own with an example and the general options', async (...page) => {
    const name = page.join(' ');

    const { code, stdout, stderr } = await blogctl([...page, '--help']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: blogctl ${name} `));
    expect(stdout).toMatch(new RegExp(`\\nExamples:\\n(.*\\n)*? {2}blogctl ${name}`));
    for (const flag of [
      '--config <file>',
      '--dry-run',
      '--json',
      '--quiet',
      '--verbose',
      '--no-color',
      '--exit-code',
    ]) {
      expect(stdout).toContain(flag);
    }
  });

  test('the help of a page may be asked in both ways', async () => {
    const asked = await blogctl(['warm-cache', '-h']);
    const spelled = await blogctl(['help', 'warm-cache']);

    expect(spelled).toEqual(asked);
  });

  test('of a page that is not there ends with 2', async () => {
    const result = await blogctl(['help', 'warm-cahce']);

    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toBe('blogctl: there is no command "warm-cahce"; did you mean "warm-cache"?\n');
  });
});

test.each(['--version', '-V'])('%s prints the version of the package and nothing else', async (flag) => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

  const result = await blogctl([flag]);

  expect(result).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});
