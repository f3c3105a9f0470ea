import type { KyselyPlugin } from 'kysely';
import type { Action } from '../../src/core/action.ts';
import type { Database } from '../../src/core/database.ts';

/** An action whose process is gone before its nth touch of the world, and whether it came so far. */
export interface DyingAction {
  readonly action: Action;
  readonly hasDied: () => boolean;
}

/**
 * The action as if its process were killed just before its nth touch of a resource: a statement, a call of the cache, a
 * program. Nothing of it goes on from there.
 */
export function dyingBefore(action: Action, nth: number): DyingAction {
  let touches = 0;
  const touch = (): void => {
    touches++;
    // No error that an action takes for a server's.
    if (touches >= nth) throw new Error('killed');
  };
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      touch();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const mortal = <Resource extends object>(resource: Resource): Resource =>
    new Proxy(resource, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (name === 'query') return (value as Database['query']).withPlugin(plugin);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => {
          touch();
          return Reflect.apply(value, target, given) as unknown;
        };
      },
    });
  const dying: Action = {
    ...action,
    run: (context) => {
      const opened = Object.fromEntries(
        action.uses.map((name) => [name, async () => mortal(await (context[name] as () => Promise<object>)())]),
      );
      return action.run({ ...context, ...opened });
    },
  };
  return { action: dying, hasDied: () => touches >= nth };
}
