import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { articleBody, articleByIdOrSlug } from '../blog/articles.ts';
import { createRenderer, type RenderedArticle } from '../content/markdown/render.ts';
import { articlePage } from '../content/page/page.ts';
import type { MarkdownSettings } from '../core/blog.ts';
import type { OpenDatabase } from '../core/database.ts';
import type { Host } from '../core/host.ts';
import { ConfigurationError, exitCodes, messageOf, UsageError } from '../core/errors.ts';
import { plainJson, plainText } from '../core/plain-text.ts';
import { openDatabase } from '../resources/database/open.ts';
import { defineCommand, type CommandContext } from '../runner/command.ts';
import type { Config } from '../runner/config/config.ts';
import { findConfig } from '../runner/config/find.ts';
import { loadConfig } from '../runner/config/load.ts';
import { storedZone } from '../runner/open-resources.ts';

export default defineCommand({
  summary: 'print an article as the blog would show it',
  details: [
    'Renders Markdown files, articles of the database by id, or standard input (-), to what would stand in the cache.',
    'Files need no configuration; where one is found, its blog.markdown applies. With --json one object a line: file or id,',
    'html, toc. An article that cannot be rendered is told on standard error; the others are printed.',
  ].join(' '),
  examples: [
    { command: 'blogctl render draft.md', meaning: 'the HTML of a file' },
    { command: 'blogctl render --page draft.md > draft.html', meaning: "a page in the blog's theme, to look at" },
    { command: 'blogctl render --json 12 13', meaning: 'two articles of the database, for a machine' },
    { command: 'cat draft.md | blogctl render --toc -', meaning: 'the table of contents alone' },
  ],
  operands: [{ name: '<article...>', description: 'files, ids of articles, or - for standard input' }],
  flags: [
    { flags: '--toc', description: 'print the table of contents instead' },
    { flags: '--page', description: 'wrap it into a whole page' },
    { flags: '--preset <name>', description: "izone or commonmark (default: the configuration's, else izone)" },
  ],

  run: async (context) => {
    const { host, general, flags, operands } = context;
    if (flags['toc'] === true && flags['page'] === true) throw new UsageError('--toc and --page exclude each other');
    if (operands.filter((name) => name === '-').length > 1) {
      throw new UsageError('standard input can be read once: give - once');
    }
    const config = await configFor(context);
    const render = createRenderer(markdownOf(config, flags['preset'] as string | undefined));
    const source = openSource(config, host);
    // Telling takes a moment itself, which a few articles do not give back.
    if (operands.length > 8) (await import('../resources/engine.ts')).expectBriefWork();
    let failures = 0;
    try {
      for (const name of operands) {
        host.signal.throwIfAborted();
        try {
          const { key, text } = await source.read(name, host.workingDirectory);
          host.print(`${printed({ ...key, ...render(text) }, context, name)}\n`);
        } catch (error) {
          host.signal.throwIfAborted();
          failures++;
          const key = isId(name, host.workingDirectory) ? { id: Number(name) } : { file: name };
          if (general.json) host.print(`${plainJson({ ...key, error: messageOf(error) })}\n`);
          host.complain(`blogctl: ${plainText(name)}: ${plainText(messageOf(error))}\n`);
        }
      }
    } finally {
      await source.close();
    }
    return failures === 0 ? exitCodes.done : exitCodes.failed;
  },
});

// A file needs no configuration, but where there is one a mistake in it is told.
async function configFor({ host, registry, general, operands }: CommandContext): Promise<Config | null> {
  const isWithout = findConfig(host, general.config) === null;
  if (isWithout && !operands.some((name) => isId(name, host.workingDirectory))) return null;
  const needsDatabase = operands.some((name) => isId(name, host.workingDirectory));
  return loadConfig(host, registry, { given: general.config, dryRun: general.dryRun, needsDatabase });
}

function markdownOf(config: Config | null, preset: string | undefined) {
  const own: MarkdownSettings = config?.blog.markdown ?? { preset: 'izone' };
  if (preset !== undefined && preset !== 'izone' && preset !== 'commonmark') {
    throw new UsageError(`--preset: expected izone or commonmark, got "${preset}"`);
  }
  const { extensions } = own;
  const chosen = preset ?? own.preset;
  return extensions === undefined ? { preset: chosen } : { preset: chosen, extensions };
}

function isId(name: string, folder: string): boolean {
  return /^\d{1,9}$/.test(name) && !existsSync(resolve(folder, name));
}

interface Source {
  /** The text of an article, and how it is named in the output. Throws an Error of one sentence. */
  readonly read: (
    name: string,
    folder: string,
  ) => Promise<{ readonly key: { readonly file: string } | { readonly id: number }; readonly text: string }>;
  readonly close: () => Promise<void>;
}

function openSource(config: Config | null, host: Host): Source {
  let opened: Promise<OpenDatabase> | undefined;
  const database = (): Promise<OpenDatabase> => {
    if (config === null)
      throw new ConfigurationError('there is no configuration, so there is no database to read from');
    const { database: url, folder } = config;
    return (opened ??= openDatabase({ url, folder, readOnly: true, zone: storedZone(config) }));
  };
  return {
    read: async (name, folder) => {
      if (name === '') throw new Error('a name that is empty names no file');
      if (name === '-') return { key: { file: '-' }, text: decode(await host.readInput()) };
      if (!isId(name, folder)) return { key: { file: name }, text: decode(readFile(resolve(folder, name))) };
      const db = await database();
      const article = await articleByIdOrSlug(db, name);
      const text = article === null ? null : await articleBody(db, article.id);
      if (article === null || text === null) throw new Error('there is neither a file nor an article of this id');
      return { key: { id: article.id }, text };
    },
    close: async () => (await opened)?.close(),
  };
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') throw new Error('there is no such file', { cause: error });
    if (code === 'EISDIR') throw new Error('it is a folder', { cause: error });
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error('it is not UTF-8 text', { cause: error });
  }
}

function printed(
  article: RenderedArticle & { readonly file?: string; readonly id?: number },
  context: CommandContext,
  name: string,
): string {
  const { general, flags } = context;
  const html = flags['page'] === true ? articlePage(name, article) : article.html;
  if (general.json) return plainJson({ ...article, html });
  return flags['toc'] === true ? article.toc : html;
}
