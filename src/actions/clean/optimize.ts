import type { SpaceWork } from '../../core/bulk.ts';
import { FailedError, messageOf } from '../../core/errors.ts';
import { sizeInWords } from '../../core/size.ts';
import type { CleanContext } from './clean.ts';

/** Less of a table or a file is not worth its price. */
const leastFreeShare = 0.05;

/**
 * Gives the space of deleted rows back: after a run that deleted some, and where a good part lies free from earlier ones.
 * Answers by how many bytes the database became smaller; undefined where that is not known.
 */
export async function giveSpaceBack(
  { db, change, log, signal }: Pick<CleanContext, 'db' | 'change' | 'log' | 'signal'>,
  tables: readonly string[],
  deleted: number,
  notes: string[],
): Promise<number | undefined> {
  let freed: number | undefined;
  for (const work of await (await db()).bulk.spaceWork(tables)) {
    signal.throwIfAborted();
    if (deleted === 0 && !isWorthIt(work)) {
      log.info('no space to give back', { target: work.target });
      continue;
    }
    if (work.refusal !== null) throw notGivenBack(work, work.refusal);
    log.info(`${work.what} begins: ${work.price}`, { target: work.target });
    const what = {
      what: work.what,
      target: work.target,
      ...(work.sizeBytes === null ? {} : { before: sizeInWords(work.sizeBytes), after: 'less' }),
    };
    const done = await change(what, async () => {
      const size = await work.run().catch((error: unknown) => {
        signal.throwIfAborted();
        throw notGivenBack(work, messageOf(error), error);
      });
      what.after = size === null ? 'unknown' : sizeInWords(size);
      return { size };
    });
    if (done === undefined) notes.push(`${work.what} of the ${work.target}: ${work.price}`);
    else if (done.size !== null && work.sizeBytes !== null) {
      freed = (freed ?? 0) + Math.max(0, work.sizeBytes - done.size);
      notes.push(`${work.target}: ${sizeInWords(work.sizeBytes)} before, ${sizeInWords(done.size)} now`);
    }
  }
  return freed;
}

function notGivenBack({ target }: SpaceWork, reason: string, cause?: unknown): FailedError {
  return new FailedError(`the rows are deleted, but the space of the ${target} is not given back: ${reason}`, {
    cause,
  });
}

function isWorthIt({ sizeBytes, freeBytes }: SpaceWork): boolean {
  return sizeBytes !== null && freeBytes !== null && freeBytes > sizeBytes * leastFreeShare;
}
