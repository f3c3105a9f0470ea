import * as z from 'zod/mini';
import type { Action } from '../../core/action.ts';
import { flagsFor } from '../flags.ts';
import { configSchema } from './schema.ts';

/** What a generated configuration says; the rest of its keys stands in it as comments. */
export interface ExampleValues {
  readonly schemaPath: string;
  /** Active lines of the `blog` section, by key; the others are comments. */
  readonly blog: Readonly<Record<string, string>>;
  readonly database: string;
  readonly cache: string;
  readonly actions: readonly { readonly name: string; readonly action: Action }[];
}

interface JsonNode {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonNode>>;
}

/** A whole configuration in YAML with a comment for each key: config/blogctl.example.yaml, and what `init` writes. */
export function exampleConfig(values: ExampleValues): string {
  const general = z.toJSONSchema(configSchema, { io: 'input' }) as JsonNode;
  const blog = general.properties?.['blog']?.properties ?? {};
  const section = (name: string): string[] => {
    const { properties = {}, description = '' } = general.properties?.[name] ?? {};
    return [
      `# ${description}`,
      `# ${name}:`,
      ...sectionLines(properties, {}).map((line) => line.replace(/^ {2}# ?/, '#   ')),
      '',
    ];
  };
  const lines = [
    `# yaml-language-server: $schema=${values.schemaPath}`,
    '#',
    '# The configuration of blogctl. A line that begins with "# " and a key shows a default: remove the # to change it.',
    '# Secrets need not stand here: ${env:NAME} takes an environment variable, ${file:/path} the text of a file.',
    '',
    'blog:',
    ...sectionLines(blog, values.blog),
    '',
    `# ${general.properties?.['database']?.description ?? ''}`,
    `database: ${yamlText(values.database)}`,
    '',
    `# ${general.properties?.['cache']?.description ?? ''}`,
    `cache: ${yamlText(values.cache)}`,
    '',
    ...section('state'),
    ...section('http'),
    ...section('notify'),
    '# A job is named by its action, or names one with "action"; "blogctl install" writes the crontab lines.',
    '# Each takes "schedule" (five fields of cron, or off), "timeout", and the settings of its action.',
    'jobs:',
    ...values.actions.flatMap(({ name, action }) => jobLines(name, action)),
  ];
  return `${lines.join('\n')}\n`;
}

function sectionLines(
  properties: Readonly<Record<string, JsonNode>>,
  values: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(properties).flatMap(([key, node]) => {
    const comment = `  # ${node.description ?? ''}`;
    const value = values[key];
    if (value !== undefined) return [comment, `  ${key}: ${yamlText(value)}`];
    const inner = node.properties?.['preset'];
    if (inner !== undefined) return [comment, `  # ${key}: { preset: ${String(inner.default)} }`];
    return [comment, `  # ${key}: ${defaultText(node.default)}`.trimEnd()];
  });
}

// A list or a mapping is written as JSON, which is a part of YAML.
function defaultText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? yamlText(value) : JSON.stringify(value);
}

function jobLines(name: string, action: Action): string[] {
  const lines = [`  # ${action.summary}`, `  ${name}:`];
  if (action.schedule === null) lines.push('    schedule: off');
  else if (action.needs !== undefined) lines.push(`    schedule: off  # "${action.schedule}" once ${action.needs.join(' or ')} is given`);
  else lines.push(`    schedule: "${action.schedule}"`);
  lines.push(`    # timeout: ${action.timeout}`);
  for (const flag of flagsFor(action.settings)) {
    const value = flag.defaultText ?? noValueOf[flag.kind];
    lines.push(`    # ${flag.name}: ${value}`.trimEnd() + `  # ${flag.description}`);
  }
  return lines;
}

const noValueOf = { text: '', integer: '', boolean: 'false', list: '[]', mappings: '[]' } as const;

/** A text as YAML, quoted where it must be. */
function yamlText(text: string): string {
  const isPlain = /^[A-Za-z0-9/$][^#\n]*$/.test(text) && !/: |:$|^(true|false|null|yes|no|on|off|\d[\d.:]*)$/i.test(text);
  return isPlain || /^(true|false|\d+)$/.test(text) ? text : JSON.stringify(text);
}
