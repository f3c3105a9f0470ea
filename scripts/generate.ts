// Writes what follows from the actions: config/blogctl.example.yaml, config/blogctl.schema.json, crontab.example and the
// table in README.md. With --check it writes nothing and fails where one of them is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exampleConfig } from '../src/runner/config/example.ts';
import { configJsonSchema } from '../src/runner/config/json-schema.ts';
import { openRegistry } from '../src/runner/registry.ts';
import { parseSchedule } from '../src/schedule/cron-expression.ts';
import { fromBytes } from '../src/schedule/byte-text.ts';
import { renderBlock } from '../src/schedule/crontab-block.ts';
import { scheduleInWords } from '../src/schedule/words.ts';
import type { Action } from '../src/core/action.ts';

interface NamedAction {
  readonly name: string;
  readonly action: Action;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const registry = openRegistry(join(root, 'src'), '.ts');
const actions: NamedAction[] = [];
for (const name of registry.actionNames()) {
  const action = await registry.loadAction(name);
  if (action !== null) actions.push({ name, action });
}

const generated: Readonly<Record<string, string>> = {
  'config/blogctl.example.yaml': exampleConfig({
    schemaPath: './blogctl.schema.json',
    blog: {},
    database: 'mysql://blog:${env:DB_PASSWORD}@127.0.0.1:3306/izone',
    cache: 'redis://127.0.0.1:6379/0',
    actions,
  }),
  'config/blogctl.schema.json': `${JSON.stringify(configJsonSchema(actions), null, 2)}\n`,
  'crontab.example': crontabExample(actions),
  'README.md': withTable(readFileSync(join(root, 'README.md'), 'utf8'), actions),
};

const isCheck = process.argv.includes('--check');
const stale: string[] = [];
for (const [name, text] of Object.entries(generated)) {
  const path = join(root, name);
  let old: string | null = null;
  try {
    old = readFileSync(path, 'utf8');
  } catch {
    // A file that is not there yet is as stale as can be.
  }
  if (old === text) continue;
  stale.push(name);
  if (!isCheck) writeFileSync(path, text);
}
if (stale.length > 0) console.log(`${isCheck ? 'stale (run npm run generate)' : 'wrote'}: ${stale.join(', ')}`);
process.exitCode = isCheck && stale.length > 0 ? 1 : 0;

function crontabExample(all: readonly NamedAction[]): string {
  const program = '/usr/bin/node /usr/lib/node_modules/blogctl/bin/blogctl.js';
  const entries = all.flatMap(({ name, action }) => {
    if (action.schedule === null) return [];
    const command = `${program} run ${name} --scheduled --config /etc/blogctl/blogctl.yaml`;
    return [{ name, schedule: parseSchedule(action.schedule).text, command }];
  });
  const head = [
    '# What "blogctl install" writes into the crontab of the user who calls it, for a configuration with every job at its',
    '# default time. The paths are those of the machine.',
  ];
  return `${[...head, ...renderBlock('my-blog', entries).map(fromBytes)].join('\n')}\n`;
}

function withTable(readme: string, all: readonly NamedAction[]): string {
  const rows = all.map(({ name, action }) => {
    const when = action.schedule === null ? 'by hand' : scheduleInWords(parseSchedule(action.schedule)).toLowerCase();
    return `| \`${name}\` | ${action.summary} | ${when} |`;
  });
  const table = ['| action | what it does | default time |', '| --- | --- | --- |', ...rows].join('\n');
  const marks = /(<!-- actions -->\n)[\s\S]*?(<!-- \/actions -->)/;
  if (!marks.test(readme)) throw new Error('README.md has lost the marks <!-- actions --> and <!-- /actions -->');
  return readme.replace(marks, (_, start: string, end: string) => `${start}${table}\n${end}`);
}
