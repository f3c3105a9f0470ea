import type { BlogDialect } from './dialect.ts';

/** One column of the description, taken apart. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly refersTo: string | undefined;
  readonly isNull: boolean;
  readonly isUnique: boolean;
  readonly isPrimary: boolean;
  readonly isIndexed: boolean;
}

const types: Readonly<Record<string, Readonly<Record<BlogDialect, string>>>> = {
  integer: { sqlite: 'integer', mysql: 'integer', postgres: 'integer' },
  bool: { sqlite: 'bool', mysql: 'bool', postgres: 'boolean' },
  text: { sqlite: 'text', mysql: 'longtext', postgres: 'text' },
  datetime: { sqlite: 'datetime', mysql: 'datetime(6)', postgres: 'timestamp with time zone' },
};

/** The columns of a table's description. */
export function parseColumns(description: string): Column[] {
  return description.split(',').map((part) => {
    const [name = '', type = '', ...words] = part.trim().split(/\s+/);
    const isReference = type === '->';
    return {
      name,
      type: isReference ? 'integer' : type,
      refersTo: isReference ? words[0] : undefined,
      isNull: words.includes('null'),
      isUnique: words.includes('unique'),
      isPrimary: words.includes('primary'),
      isIndexed: words.includes('indexed'),
    };
  });
}

/** The column's type in the dialect's words; `varchar(n)` is the same everywhere. */
export function columnType(dialect: BlogDialect, type: string): string {
  return types[type]?.[dialect] ?? type;
}
