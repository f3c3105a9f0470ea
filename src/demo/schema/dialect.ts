/** The databases that a Django blog lives in. */
export type BlogDialect = 'sqlite' | 'mysql' | 'postgres';

/** A name as the dialect quotes it. */
export function quoteName(dialect: BlogDialect, name: string): string {
  const mark = dialect === 'mysql' ? '`' : '"';
  return mark + name.replaceAll(mark, mark + mark) + mark;
}
