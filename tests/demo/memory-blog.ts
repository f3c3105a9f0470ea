import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { BlogTables } from '../../src/blog/tables.ts';
import { createBlogSchema } from '../../src/demo/schema.ts';
import { seedDemoBlog, type DemoOptions } from '../../src/demo/seed.ts';
import { demoOptions } from './suite.ts';

/** An SQLite database in memory, by kysely and by hand. */
export interface MemoryBlog {
  readonly file: Database.Database;
  readonly db: Kysely<BlogTables>;
  close(): Promise<void>;
}

/** An empty one. */
export function openMemory(): MemoryBlog {
  const file = new Database(':memory:');
  const db = new Kysely<BlogTables>({ dialect: new SqliteDialect({ database: file }) });
  return { file, db, close: () => db.destroy() };
}

/** One with the demo blog in it. */
export async function seededMemory(options: Partial<DemoOptions> = {}): Promise<MemoryBlog> {
  const blog = openMemory();
  await createBlogSchema(blog.db, 'sqlite');
  await seedDemoBlog(blog.db, 'sqlite', { ...demoOptions, ...options });
  return blog;
}

/** Every row of every table: two equal dumps are two equal blogs. */
export function dumpRows({ file }: MemoryBlog): Record<string, unknown[]> {
  const tables = file.prepare("select name from sqlite_master where type = 'table' order by name").pluck().all();
  return Object.fromEntries(
    tables.map((name) => [String(name), file.prepare(`select * from "${String(name)}"`).all()]),
  );
}
