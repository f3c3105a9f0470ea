import type { OpenDatabase } from '../../../src/core/database.ts';
import { openDatabase, type DatabaseOptions } from '../../../src/resources/database/open.ts';

/** Opens a database as the program does, with the blog's zone; the test says what it wants otherwise. */
export function open(url: string, changes: Partial<DatabaseOptions> = {}): Promise<OpenDatabase> {
  return openDatabase({ url, folder: '/', readOnly: false, zone: 'Asia/Shanghai', ...changes });
}

/** What a promise is rejected with; an error of the test where it is not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  const value = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (value instanceof Error) return value;
  throw new Error('expected a rejection with an Error');
}
