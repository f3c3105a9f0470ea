import type { Dialect, KyselyConfig } from 'kysely';

// A run may have two databases, the blog's and that of blogctl's own tables, and a driver's error does not say whose it is.
const names = new WeakMap<object, string>();

/** The name of the database, for messages, whose statement or connection failed so; undefined where that is not known. */
export function databaseOf(error: object): string | undefined {
  return names.get(error);
}

/** What Kysely is to be made with, so that the errors of this database are known for its own. */
export function knowingItsErrors(dialect: Dialect, name: string): KyselyConfig {
  const note = (error: unknown): void => {
    if (typeof error === 'object' && error !== null) names.set(error, name);
  };
  return {
    dialect: {
      createAdapter: () => dialect.createAdapter(),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createIntrospector: (query) => dialect.createIntrospector(query),
      createDriver: () => {
        const driver = dialect.createDriver();
        const acquire = driver.acquireConnection.bind(driver);
        // Kysely's log has statements alone, not the connection that cannot be made again in mid-run.
        driver.acquireConnection = () =>
          acquire().catch((error: unknown) => {
            note(error);
            throw error;
          });
        return driver;
      },
    },
    log: (event) => {
      if (event.level === 'error') note(event.error);
    },
  };
}
