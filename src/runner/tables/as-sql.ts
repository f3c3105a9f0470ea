import {
  DummyDriver,
  Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type QueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Dialect, Tables } from '../../core/database.ts';
import { migrationsFor } from './migrations.ts';
import { migrationNames, migrationTable, type MigrationName } from './names.ts';

/**
 * The statements that make blogctl's own tables, for owners whose account may not: the very ones that it would run itself,
 * and the rows by which it sees that they were run. `applied` are the migrations that the database has; `at` is an ISO time;
 * `user` is the account that blogctl itself uses.
 */
export async function tablesAsSql(
  dialect: Dialect,
  applied: readonly string[],
  at: string,
  user: string | null,
): Promise<string[]> {
  const statements: string[] = [];
  const db = recording(dialect, statements);
  if (applied.length === 0) await createBookkeeping(db);
  for (const name of missingOf(applied)) {
    await migrationsFor(dialect)[name].up(db);
    statements.push(`insert into ${migrationTable} (name, timestamp) values ('${name}', '${at}')`);
  }
  // PostgreSQL's tables belong to whoever makes them; MySQL's rights usually go by the whole database.
  if (dialect === 'postgres' && user !== null) statements.push(...rightsFor(user, statements));
  return statements.map((statement) => `${statement};`);
}

function rightsFor(user: string, statements: readonly string[]): string[] {
  const name = `"${user.replaceAll('"', '""')}"`;
  return statements.flatMap((statement) => {
    const table = /^create table "(\w+)"/.exec(statement)?.[1];
    if (table === undefined) return [];
    const rights = [`grant select, insert, update, delete on ${table} to ${name}`];
    return statement.includes('"id" serial')
      ? [...rights, `grant usage on sequence ${table}_id_seq to ${name}`]
      : rights;
  });
}

/** The migrations that a database still lacks. */
export function missingOf(applied: readonly string[]): MigrationName[] {
  return migrationNames.filter((name) => !applied.includes(name));
}

// As kysely's Migrator makes them, which looks for them and finds them done.
async function createBookkeeping(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable(migrationTable)
    .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable(`${migrationTable}_lock`)
    .addColumn('id', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('is_locked', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}

/** A database that runs nothing and notes what it was told. */
function recording(dialect: Dialect, statements: string[]): Kysely<Tables> {
  const { adapter, compiler, introspect } = partsOf[dialect];
  return new Kysely<Tables>({
    dialect: {
      createAdapter: adapter,
      createQueryCompiler: compiler,
      createDriver: () => new RecordingDriver(statements),
      createIntrospector: introspect,
    },
  });
}

class RecordingDriver extends DummyDriver {
  readonly #statements: string[];

  constructor(statements: string[]) {
    super();
    this.#statements = statements;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const statements = this.#statements;
    return {
      executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
        statements.push(query.sql.trim());
        return { rows: [] };
      },
      // oxlint-disable-next-line require-yield -- nothing is ever streamed from here
      async *streamQuery() {
        throw new Error('nothing is streamed here');
      },
    };
  }
}

interface Parts {
  readonly adapter: () => DialectAdapter;
  readonly compiler: () => QueryCompiler;
  readonly introspect: (db: Kysely<never>) => MysqlIntrospector | PostgresIntrospector | SqliteIntrospector;
}

const partsOf: Readonly<Record<Dialect, Parts>> = {
  sqlite: {
    adapter: () => new SqliteAdapter(),
    compiler: () => new SqliteQueryCompiler(),
    introspect: (db) => new SqliteIntrospector(db),
  },
  mysql: {
    adapter: () => new MysqlAdapter(),
    compiler: () => new MysqlQueryCompiler(),
    introspect: (db) => new MysqlIntrospector(db),
  },
  postgres: {
    adapter: () => new PostgresAdapter(),
    compiler: () => new PostgresQueryCompiler(),
    introspect: (db) => new PostgresIntrospector(db),
  },
};
