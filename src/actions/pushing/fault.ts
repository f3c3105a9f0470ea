import { inTroubleFor, misconfigured, type Closing, type Engine } from './engine.ts';
import type { Fitness } from './pre-check.ts';
import type { Pushing } from './push.ts';

/** Why nothing at all can be sent, though the engine is well. */
export interface Fault {
  readonly closing: Closing;
  /** Nobody answers: that has been told otherwise. */
  readonly isDown: boolean;
}

type Bad = Exclude<Fitness, { is: 'fit' }>;

/**
 * What all addresses that were looked at have in common; null where they are unfit for several reasons, so that each of
 * them is told alone. What is plainly a matter of settings is one at once, the rest may be well by itself later.
 */
export function faultOfAll(
  all: readonly Bad[],
  { engine, origin }: { readonly engine: Pick<Engine, 'robot'>; readonly origin: string },
): Fault | null {
  const [first] = all;
  if (first === undefined || all.some((one) => keyOf(one) !== keyOf(first))) return null;
  const those = all.length === 1 ? 'the only address that was looked at' : `all ${all.length} addresses`;
  const verb = (many: string, one: string): string => (all.length === 1 ? one : many);
  if (keyOf(first) === 'down') {
    const reason = `the blog itself does not answer at ${origin} (${first.reason}): it must, or blog.url be corrected`;
    return { closing: inTroubleFor(reason), isDown: first.is === 'down' };
  }
  const { cause } = first as Extract<Bad, { is: 'unfit' }>;
  const such = `such as: ${first.reason}`;
  const wrong = (reason: string): Fault => ({ closing: misconfigured(reason), isDown: false });
  const trouble = (reason: string): Fault => ({ closing: inTroubleFor(reason), isDown: false });
  switch (cause.kind) {
    case 'redirect':
    case 'canonical': {
      const does =
        cause.kind === 'redirect'
          ? verb('redirect to', 'redirects to')
          : verb('have their canonical address at', 'has its canonical address at');
      if (cause.elsewhere === null) return trouble(`${those} ${does} another one (${such})`);
      return wrong(`${those} ${does} ${cause.elsewhere}: correct blog.url, which is ${origin}`);
    }
    case 'robots': {
      const reason = `robots.txt forbids ${those} to ${engine.robot}`;
      return cause.isAll ? wrong(`${reason}, and all others: correct ${origin}/robots.txt`) : trouble(reason);
    }
    case 'key-folder':
      return wrong(`${those} ${verb('lie', 'lies')} outside of the key file's folder: correct indexNowKeyLocation`);
    case 'noindex':
      return trouble(`${those} ${verb('say', 'says')} noindex: the blog's template or its server must not`);
    case 'blocked':
      return trouble(`${those} ${verb('keep', 'keeps')} robots out (${such})`);
    case 'status':
      return trouble(`${those} ${verb('answer', 'answers')} ${first.reason.replace(/^it answers /, '')}`);
  }
}

/**
 * Leaves an engine alone that is well, since nothing could be sent to it: that counts as if it were not, or nobody would
 * ever be told.
 */
export async function blogAtFault(pushing: Pushing, fault: Fault | null): Promise<Closing | null> {
  if (fault === null) return null;
  const { context, engine, memory, counts, findings } = pushing;
  const { closing, isDown } = fault;
  counts.closed = 1;
  await context.change({ what: 'close', target: engine.title, after: closing.outcome }, () => memory.close(closing));
  if (closing.outcome === 'trouble' && !isDown) {
    findings.push({ kind: 'blog-unfit', target: engine.title, message: `${closing.reason}; a later run looks again` });
  }
  return closing;
}

/** Notes that an engine does not like one address alone, since it took others after it. */
export async function refuseAlone(
  { context, engine, ledger, counts, findings }: Pushing,
  { url, receipt }: { readonly url: string; readonly receipt: Closing },
): Promise<void> {
  await context.change({ what: 'set aside', target: url, after: engine.title }, () =>
    ledger.mark([url], { status: 'refused', atMs: context.nowMs, note: receipt.reason }),
  );
  counts.refused++;
  counts.waiting--;
  findings.push({ kind: 'not-same-site', target: url, message: receipt.reason });
}

// A blog in trouble says so in several ways.
function keyOf(bad: Bad): string {
  if (bad.is === 'down') return 'down';
  const { cause } = bad;
  return cause.kind === 'status' && cause.status >= 500 ? 'down' : JSON.stringify(cause);
}
