import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Dialect, Tables } from '../../src/core/database.ts';
import { createBlogSchema } from '../../src/demo/schema.ts';
import { seedDemoBlog } from '../../src/demo/seed.ts';
import { openDatabase } from '../../src/resources/database/open.ts';
import { blogZone } from './host.ts';
import { izoneMissing, loadOracle } from './izone-oracle.ts';
import { describeWithServer, type ServerKind } from './servers/availability.ts';
import { temporaryFolder } from './servers/temporary-folder.ts';
import { sharedMariadb, sharedPostgres } from './servers/use.ts';

/** Every row of every table, ours among them: two equal dumps are two equal databases. */
export type BlogDump = Record<string, readonly unknown[]>;

/** A blog in a database of its own, of any kind. */
export interface TestBlog {
  readonly dialect: Dialect;
  /** As a user writes it into the configuration. */
  readonly url: string;
  /** For the test's own questions and rows; dates are naive texts of Asia/Shanghai. */
  readonly query: Kysely<Tables>;
  /** Runs one statement in the words of the database. */
  rows<Row = Record<string, unknown>>(statement: string): Promise<Row[]>;
  dump(): Promise<BlogDump>;
  tables(): Promise<readonly string[]>;
  /** Closes the connections and drops the database. */
  close(): Promise<void>;
}

/** The three kinds of database that a suite runs on. */
export const dialects: readonly Dialect[] = ['sqlite', 'mysql', 'postgres'];

const serverOf: Record<Dialect, readonly ServerKind[]> = {
  sqlite: [],
  mysql: ['mariadb'],
  postgres: ['postgres'],
};

/** A suite on a database of that kind, and with more servers where it needs them: skipped where one is missing. */
export function describeBlog(
  dialect: Dialect,
  name: string,
  suite: () => void,
  more: readonly ServerKind[] = [],
): void {
  describeWithServer([...serverOf[dialect], ...more], name, suite);
}

/** A suite on the reference blog: skipped, with the reason in its name, where its folder is not there either. */
export function describeIzone(
  dialect: Dialect,
  name: string,
  suite: () => void,
  more: readonly ServerKind[] = [],
): void {
  const reason = izoneMissing();
  if (reason === null) describeBlog(dialect, name, suite, more);
  else describe.skipIf(true)(`${name} (skipped: ${reason})`, suite);
}

/** Gives the suite one blog, and drops it after. Like its neighbours in `servers/use.ts` it returns a function. */
export function useBlog(make: () => Promise<TestBlog>): () => TestBlog {
  let blog: TestBlog | undefined;
  beforeAll(async () => {
    blog = await make();
  });
  afterAll(async () => {
    await blog?.close();
    blog = undefined;
  });
  return () => {
    if (blog === undefined) throw new Error('the suite has not begun, or it is over: ask in a hook or in a test');
    return blog;
  };
}

/** The blog's tables without a row in them. */
export async function emptyBlog(dialect: Dialect): Promise<TestBlog> {
  const blog = await openBlog(dialect);
  await createBlogSchema(blog.query, dialect);
  return blog;
}

/** Our own demo blog, as it stands at 2026-03-18 14:05:09. */
export async function demoBlog(dialect: Dialect): Promise<TestBlog> {
  const blog = await emptyBlog(dialect);
  const options = { now: '2026-03-18 14:05:09', siteDomain: 'blog.example.test', seed: 7, timezone: blogZone };
  await seedDemoBlog(blog.query, dialect, options);
  return blog;
}

/** The reference blog of ../shared/izone, the same rows on every kind of database. */
export async function izoneBlog(dialect: Dialect): Promise<TestBlog> {
  const blog = await openBlog(dialect);
  await loadOracle(dialect, blog.url);
  return blog;
}

async function openBlog(dialect: Dialect): Promise<TestBlog> {
  const { url, drop } = await (dialect === 'sqlite' ? newFile() : newDatabase(dialect));
  const { query, close } = await openDatabase({ url, folder: '/', readOnly: false, zone: blogZone });
  const rows = async <Row>(statement: string): Promise<Row[]> => (await sql.raw<Row>(statement).execute(query)).rows;
  return {
    dialect,
    url,
    query,
    rows,
    tables: () => tablesOf(dialect, rows),
    dump: async () => {
      const entries = (await tablesOf(dialect, rows)).map(
        async (table) => [table, (await sql`select * from ${sql.id(table)}`.execute(query)).rows] as const,
      );
      return Object.fromEntries((await Promise.all(entries)).map(([table, found]) => [table, inOrder(found)]));
    },
    close: async () => {
      await close();
      await drop();
    },
  };
}

interface Place {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

async function newFile(): Promise<Place> {
  const folder = await temporaryFolder('blog');
  const file = path.join(folder.path, 'blog.db');
  // Zero bytes are an empty database.
  writeFileSync(file, '');
  return { url: `sqlite:${file}`, drop: () => folder.remove() };
}

async function newDatabase(dialect: 'mysql' | 'postgres'): Promise<Place> {
  const server = await (dialect === 'mysql' ? sharedMariadb() : sharedPostgres());
  const name = `blog_${randomBytes(6).toString('hex')}`;
  await server.createDatabase(name);
  return { url: server.url(name), drop: () => server.dropDatabase(name) };
}

async function tablesOf(dialect: Dialect, rows: TestBlog['rows']): Promise<string[]> {
  const statements: Record<Dialect, string> = {
    sqlite: "select name from sqlite_master where type = 'table'",
    mysql: 'select table_name as name from information_schema.tables where table_schema = database()',
    postgres: "select tablename as name from pg_tables where schemaname = 'public'",
  };
  const found = await rows<{ name: string }>(statements[dialect]);
  return found.map(({ name }) => name).sort();
}

// A database gives rows in whatever order it likes.
function inOrder(rows: readonly unknown[]): readonly unknown[] {
  const texts = new Map(rows.map((row) => [row, JSON.stringify(row)]));
  return [...rows].sort((a, b) => ((texts.get(a) ?? '') < (texts.get(b) ?? '') ? -1 : 1));
}
