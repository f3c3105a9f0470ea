import * as z from 'zod/mini';
import { isZone } from '../../blog/time.ts';
import { markdownExtensionNames } from '../../content/markdown/extensions.ts';
import { describe, durationField } from '../../core/settings.ts';
import { siteName } from '../../schedule/names.ts';
import { at } from './issues.ts';
import { notifyKeys, notifySchema } from './notify-schema.ts';
import type { ConfigPath } from './problems.ts';
import { httpSchema } from './web-schema.ts';

const blogName = z
  .string('expected a text')
  .check(z.refine((text) => siteName.test(text), 'expected 1 to 64 letters, digits, dots, dashes and underlines'));

const ownAddress = 'expected an address such as https://blog.example.test, without a user name';

const blogUrl = z
  .string('expected an address')
  .check(z.refine((text) => /^https?:\/\/[^/?#@\s\\]+\/?$/i.test(text) && URL.canParse(text), ownAddress));

const zone = z
  .string('expected the name of a zone')
  .check(z.refine((text) => isZone(text), 'expected a zone such as Asia/Shanghai or UTC'));

const extensions = z.strictObject(
  Object.fromEntries(markdownExtensionNames.map((name) => [name, z.optional(z.boolean('expected true or false'))])),
);

const markdown = z.strictObject({
  preset: describe(z._default(z.enum(['izone', 'commonmark'], 'expected izone or commonmark'), 'izone'), {
    description: 'how the blog writes Markdown: izone (Python-Markdown and its extensions) or commonmark',
  }),
  extensions: describe(z.optional(extensions), { description: 'extensions switched on or off by name' }),
});

const blog = z.strictObject({
  name: describe(z.optional(blogName), {
    description: "marks the blog's block in the crontab; default: the database's name",
  }),
  url: describe(z.optional(blogUrl), {
    description: "the blog's address; default: what the blog's own django_site row says",
  }),
  timezone: describe(z._default(zone, 'Asia/Shanghai'), { description: "the blog's zone: Django's TIME_ZONE" }),
  useTz: describe(z._default(z.boolean('expected true or false'), false), {
    description: "Django's USE_TZ: true where the database holds UTC",
  }),
  siteId: describe(z._default(z.int('expected a whole number').check(z.gte(1, 'expected a whole number from 1')), 2), {
    description: 'the row of django_site that is this blog',
  }),
  markdown: describe(z.prefault(markdown, {}), { description: 'how articles are rendered' }),
});

const state = z.strictObject({
  database: describe(z.optional(z.string('expected the address of a database')), {
    description: "where blogctl's own tables (blogctl_…) live; default: beside the blog's",
  }),
  keepRuns: describe(z.prefault(durationField('1d'), '90d'), { description: 'how long the records of runs stay' }),
});

/** A job's keys that are not its action's settings. */
export const jobKeys = ['action', 'schedule', 'timeout'] as const;

const job = z.nullable(z.looseObject({
  action: describe(z.optional(z.string('expected the name of an action')), {
    description: "which action; default: the job's name",
  }),
  schedule: describe(z.optional(z.union([z.string(), z.literal(false)], 'expected five fields of cron such as "7 * * * *", or off')), {
    description: 'when cron runs it: five fields of cron, or off; default: the action\'s own',
  }),
  timeout: describe(z.optional(durationField('1s')), { description: "the longest a run may take; default: the action's own" }),
}));

/** The whole configuration, save the settings of each job, which its action declares. */
export const configSchema = z.strictObject({
  blog: describe(z.prefault(blog, {}), { description: 'the blog itself' }),
  database: describe(z.optional(z.string('expected the address of a database')), {
    description: 'sqlite:/path, mysql://user:password@host/name or postgres://user:password@host/name',
  }),
  cache: describe(z.optional(z.string('expected the address of a cache')), {
    description: 'redis://host:6379/0, or django-db:table for Django\'s database cache',
  }),
  state: describe(z.prefault(state, {}), { description: "blogctl's own records" }),
  http: describe(z.prefault(httpSchema, {}), { description: 'how the web is asked' }),
  notify: describe(z.prefault(notifySchema, {}), { description: 'who is told of hosts that went silent and of jobs that failed' }),
  jobs: describe(z._default(z.record(z.string(), job, 'expected a mapping of jobs'), {}), {
    description: 'the jobs by name',
  }),
});

/** The general part of a configuration, checked. */
export type GeneralConfig = z.output<typeof configSchema>;

/** The keys whose values are mappings; they may stand there with nothing below them. */
export const sectionNames = ['blog', 'state', 'http', 'notify', 'jobs'] as const;

/** The keys that the general part knows at a path of a configuration. */
export function knownKeys(path: ConfigPath, raw: unknown): readonly string[] {
  if (path[0] === 'notify') return notifyKeys(path.slice(1), at(raw, path));
  const sections: Record<string, readonly string[]> = {
    '': Object.keys(configSchema.shape),
    blog: Object.keys(blog.shape),
    'blog.markdown': Object.keys(markdown.shape),
    'blog.markdown.extensions': markdownExtensionNames,
    state: Object.keys(state.shape),
    http: Object.keys(httpSchema.shape),
  };
  return sections[path.join('.')] ?? [];
}
