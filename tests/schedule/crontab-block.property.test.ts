import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEntries, withBlock, withoutBlock } from '../../src/schedule/crontab-block.ts';
import { type CrontabEntry } from '../../src/schedule/crontab-entry.ts';
import { anySchedule } from './arbitrary-schedule.ts';

const OTHER_SITES = ['blog-2', 'blo', 'blog.', '博客'];

const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const wildLine = fc.array(byte, { maxLength: 30 }).map((bytes) => bytes.join('').replaceAll('\n', ''));
const knownLine = fc.constantFrom(
  '',
  '\t ',
  'CRON_TZ=Asia/Shanghai',
  'SHELL = "/bin/bash"',
  '0 3 * * *\t/opt/backup 2>&1 | date +\\%F%input',
  '# job: warm-cache',
  '@daily x',
  '  # BEGIN blogctl blog (written by "blogctl install"; changes between these lines are lost)',
  '# a comment on "# END blogctl blog"',
  '# END blogctl blog and more words',
  '# BEGIN blogctl blog-2',
  '# END blogctl blo',
);

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
const command = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...Array.from(`%\\ '"$#=我é\u{1f600}`)),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 60,
  })
  .map((text) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu, '').replaceAll(/\\+(?=[\\%])/g, ''))
  .filter((text) => text.trim() !== '');
const entry: fc.Arbitrary<CrontabEntry> = fc.record({ name, schedule: anySchedule.map(({ text }) => text), command });
const entries = fc.uniqueArray(entry, { selector: (job) => job.name, maxLength: 5 });

/** A crontab of other people: lines of any bytes and line ends, whole blocks of other sites, with or without a last newline. */
const foreign = fc
  .tuple(
    fc.array(
      fc.oneof(
        fc.oneof(wildLine, knownLine).chain((line) => fc.constantFrom(`${line}\n`, `${line}\r\n`)),
        fc.tuple(fc.constantFrom(...OTHER_SITES), entries).map(([site, jobs]) => withBlock('', site, jobs)),
      ),
      { maxLength: 12 },
    ),
    fc.oneof(fc.constant(''), wildLine),
  )
  .map(([lines, rest]) => lines.join('') + rest);

test('everything around the block stays byte for byte, through adding, changing and removing', () => {
  fc.assert(
    fc.property(foreign, foreign, entries, entries, (before, below, first, second) => {
      const added = withBlock(before, 'blog', first);
      const changed = withBlock(added, 'blog', second);

      expect(added.startsWith(before)).toBe(true);
      expect(withoutBlock(added, 'blog')).toBe(before);
      expect(withoutBlock(changed, 'blog')).toBe(before);
      expect(withBlock(before, 'blog', second)).toBe(changed);

      const between = withBlock(added + below, 'blog', second);
      expect(between).toBe(changed + below);
      const isNewlineOurs = before !== '' && !before.endsWith('\n') && below !== '';
      expect(withoutBlock(between, 'blog')).toBe(before + (isNewlineOurs ? '\n' : '') + below);
    }),
    { numRuns: 300 },
  );
});

test('adding twice changes nothing, and what was added is read back', () => {
  fc.assert(
    fc.property(foreign, entries, (before, jobs) => {
      const added = withBlock(before, 'blog', jobs);

      expect(withBlock(added, 'blog', jobs)).toBe(added);
      expect(readEntries(added, 'blog')).toEqual(jobs);
    }),
    { numRuns: 300 },
  );
});

test('a hundred rounds with two sites leave nothing behind', () => {
  fc.assert(
    fc.property(foreign, entries, entries, (before, ours, theirs) => {
      let crontab = before.endsWith('\n') ? before : `${before}\n`;
      const start = crontab;
      for (let round = 0; round < 100; round += 1) {
        crontab = withBlock(withBlock(crontab, 'blog', ours), 'news', theirs);
        crontab = withoutBlock(withoutBlock(crontab, 'blog'), 'news');
      }

      expect(crontab).toBe(start);
    }),
    { numRuns: 20 },
  );
});
