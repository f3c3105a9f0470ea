import type { BlogTables } from '../../blog/tables.ts';
import { columnType, parseColumns, type Column } from './column.ts';
import { quoteName, type BlogDialect } from './dialect.ts';
import { djangoName } from './names.ts';
import { lateUniques, namedIndexes, tableColumns, uniquePairs } from './tables.ts';

const serialColumn: Record<BlogDialect, string> = {
  sqlite: 'integer NOT NULL PRIMARY KEY AUTOINCREMENT',
  mysql: 'integer AUTO_INCREMENT NOT NULL PRIMARY KEY',
  postgres: 'serial NOT NULL PRIMARY KEY',
};

// Django takes the database's default; a demo must hold Chinese whatever that default is.
const tableEnding: Record<BlogDialect, string> = {
  sqlite: '',
  mysql: ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci',
  postgres: '',
};

/** The statements that make one table and its indexes, as Django's migrations leave them. */
export function tableStatements(dialect: BlogDialect, table: keyof BlogTables): string[] {
  const quote = (name: string) => quoteName(dialect, name);
  const columns = parseColumns(tableColumns[table]);
  const parts = columns.map((column) => columnLine(dialect, table, column));
  for (const column of columns) parts.push(...foreignKeyLine(dialect, table, column));
  const pair = uniquePairs[table];
  const pairName = pair && djangoName(dialect, table, pair, '_uniq');
  if (pair && pairName && dialect !== 'sqlite') {
    parts.push(`CONSTRAINT ${quote(pairName)} UNIQUE (${pair.map(quote).join(', ')})`);
  }
  const statements = [`CREATE TABLE ${quote(table)} (${parts.join(', ')})${tableEnding[dialect]}`];
  if (pair && pairName && dialect === 'sqlite') {
    statements.push(`CREATE UNIQUE INDEX ${quote(pairName)} ON ${quote(table)} (${pair.map(quote).join(', ')})`);
  }
  return [...statements, ...columns.flatMap((column) => indexStatements(dialect, table, column))];
}

function columnLine(dialect: BlogDialect, table: string, column: Column): string {
  const name = quoteName(dialect, column.name);
  if (column.type === 'serial') return `${name} ${serialColumn[dialect]}`;
  let line = `${name} ${columnType(dialect, column.type)} ${column.isNull ? 'NULL' : 'NOT NULL'}`;
  if (column.isPrimary) line += ' PRIMARY KEY';
  if (column.isUnique && !isLateUnique(dialect, table, column)) line += ' UNIQUE';
  if (column.refersTo && dialect === 'sqlite') line += references(dialect, column.refersTo);
  if (isLateUnique(dialect, table, column)) {
    line += `, CONSTRAINT ${quoteName(dialect, djangoName(dialect, table, [column.name], '_uniq'))} UNIQUE (${name})`;
  }
  return line;
}

function isLateUnique(dialect: BlogDialect, table: string, column: Column): boolean {
  return dialect !== 'sqlite' && lateUniques.has(`${table}.${column.name}`);
}

function foreignKeyLine(dialect: BlogDialect, table: string, column: Column): string[] {
  if (!column.refersTo || dialect === 'sqlite') return [];
  const name = djangoName(dialect, table, [column.name], `_fk_${column.refersTo}_id`);
  const key = quoteName(dialect, column.name);
  return [`CONSTRAINT ${quoteName(dialect, name)} FOREIGN KEY (${key})${references(dialect, column.refersTo)}`];
}

function references(dialect: BlogDialect, table: string): string {
  const target = ` REFERENCES ${quoteName(dialect, table)} (${quoteName(dialect, 'id')})`;
  return dialect === 'mysql' ? target : `${target} DEFERRABLE INITIALLY DEFERRED`;
}

function indexStatements(dialect: BlogDialect, table: string, column: Column): string[] {
  const quote = (name: string) => quoteName(dialect, name);
  const make = (name: string, expression: string) => `CREATE INDEX ${quote(name)} ON ${quote(table)} (${expression})`;
  const statements: string[] = [];
  // MySQL makes the index of a foreign key by itself, under the constraint's name.
  if (column.isIndexed || (column.refersTo && dialect !== 'mysql')) {
    const name = namedIndexes[`${table}.${column.name}`] ?? djangoName(dialect, table, [column.name], '');
    statements.push(make(name, quote(column.name)));
  }
  // PostgreSQL's plain index can't serve LIKE 'x%' in most locales, so Django makes a second one.
  if (dialect === 'postgres' && column.type.startsWith('varchar') && (column.isUnique || column.isPrimary)) {
    const name = djangoName(dialect, table, [column.name], '_like');
    statements.push(make(name, `${quote(column.name)} varchar_pattern_ops`));
  }
  return statements;
}
