import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { constants, createGunzip } from 'node:zlib';
import { archiveFormat } from '../../core/archive-format.ts';
import { parseHeader, parseLine } from '../../core/archive-parse.ts';
import type { ArchivedRow, ArchiveHeader } from '../../core/archive.ts';
import { FailedError, messageOf } from '../../core/errors.ts';

/** A row of an archive, and the table that it is of. */
export interface TableRow {
  readonly table: string;
  readonly row: ArchivedRow;
}

/** An archive that is being read. */
export interface ArchiveReader {
  readonly header: ArchiveHeader;
  readonly rows: AsyncGenerator<TableRow>;
  /** Once the rows are read: why there may be more than those; null where the file came to its end. */
  readonly damage: () => string | null;
}

/** Opens an archive and reads its first line. Throws a FailedError with one sentence where it is none that can be read. */
export async function readArchive(path: string): Promise<ArchiveReader> {
  const lines = linesOf(path);
  const first = await lines.next();
  const parsed = first.done === true ? null : parseHeader(first.value);
  if (parsed === null) throw new FailedError(`${path} is no archive of blogctl`);
  if (parsed.format !== archiveFormat) {
    await lines.return(undefined);
    throw new FailedError(
      `${path} is an archive of format ${parsed.format}, and this version of blogctl reads format ${archiveFormat}`,
      { hint: 'Read it with the version that wrote it, or a newer one.' },
    );
  }
  let isEnded = false;
  let damage: string | null = 'it has no end: the run that wrote it was stopped, or the file was cut off';
  async function* rows(): AsyncGenerator<TableRow> {
    let count = 0;
    let broken = 0;
    try {
      for await (const line of lines) {
        const read = parseLine(line);
        if (isEnded) {
          damage = 'there is more behind its end: two files in one, perhaps';
          return;
        }
        if (read === null) broken++;
        else if (read.kind === 'row') {
          count++;
          yield { table: read.table, row: read.row };
        } else {
          isEnded = true;
          damage =
            broken === 0 && read.rows === count ? null : `${read.rows} rows went into it, and ${count} can be read`;
        }
      }
    } catch (error) {
      damage = `it is damaged: ${messageOf(error)}`;
    }
  }
  return { header: parsed.header, rows: rows(), damage: () => damage };
}

// A row of the blog's is a fraction of this; more is a file of somebody else's, or a bomb.
const mostLineLength = 64 * 1024 * 1024;
const mostFirstLineLength = 1024 * 1024;

async function* linesOf(path: string): AsyncGenerator<string, undefined> {
  const file = createReadStream(path);
  // What a killed run left of its last batch is read as far as it goes, and not refused as a whole.
  const plain = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  file.on('error', (error) => plain.destroy(error));
  const decoder = new StringDecoder('utf8');
  // The line that has not come to its end, in pieces: to join them with every chunk would take for ever.
  let pieces: string[] = [];
  let length = 0;
  let isBegun = false;
  try {
    for await (const chunk of file.pipe(plain)) {
      const [first = '', ...others] = decoder.write(chunk as Buffer).split('\n');
      pieces.push(first);
      length += first.length;
      for (const next of others) {
        isBegun = true;
        yield pieces.join('');
        pieces = [next];
        length = next.length;
      }
      const most = isBegun ? mostLineLength : mostFirstLineLength;
      if (length > most) throw new FailedError(`a line of it is longer than ${most / 1024 / 1024} MB`);
    }
    // The last line of a whole file ends like the others: this one is cut off.
    if (length > 0) yield pieces.join('');
    return undefined;
  } catch (error) {
    if (isBegun) throw error;
    throw openingError(path, error);
  } finally {
    file.destroy();
  }
}

function openingError(path: string, error: unknown): FailedError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return new FailedError(`there is no file ${path}`);
  if (code === 'EISDIR') return new FailedError(`${path} is a folder; expected an archive`);
  if (code === 'EACCES') return new FailedError(`this user may not read ${path}`);
  if (code.startsWith('Z_') || error instanceof FailedError) return new FailedError(`${path} is no archive of blogctl`);
  return new FailedError(`${path} cannot be read: ${messageOf(error)}`, { cause: error });
}
