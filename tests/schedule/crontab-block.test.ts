import { describe, expect, test } from 'vitest';
import { fromBytes, toBytes } from '../../src/schedule/byte-text.ts';
import { findBlock, readEntries, renderBlock, withBlock, withoutBlock } from '../../src/schedule/crontab-block.ts';
import { type CrontabEntry } from '../../src/schedule/crontab-entry.ts';
import { CrontabError } from '../../src/schedule/crontab-error.ts';

const WARM: CrontabEntry = {
  name: 'warm-cache',
  schedule: '7 * * * *',
  command: '/usr/bin/node /opt/blogctl run warm-cache',
};
const PUSH: CrontabEntry = { name: 'push-urls', schedule: '30 4 * * *', command: 'date +%F' };
const FOREIGN = 'MAILTO=me\n0 3 * * * /opt/backup\n';

test('a block has its site at both ends and a name before each line', () => {
  expect(renderBlock('blog', [WARM, PUSH])).toEqual([
    '# BEGIN blogctl blog (written by "blogctl install"; changes between these lines are lost)',
    '# job: warm-cache',
    '7 * * * * /usr/bin/node /opt/blogctl run warm-cache',
    '# job: push-urls',
    '30 4 * * * date +\\%F',
    '# END blogctl blog',
  ]);
});

test('a new block goes to the end', () => {
  const crontab = withBlock(FOREIGN, 'blog', [WARM]);

  expect(crontab.startsWith(FOREIGN)).toBe(true);
  expect(crontab.endsWith('# END blogctl blog\n')).toBe(true);
  expect(readEntries(crontab, 'blog')).toEqual([WARM]);
});

test('an old block is replaced where it stands', () => {
  const crontab = `${withBlock(FOREIGN, 'blog', [WARM])}# below\n`;

  const changed = withBlock(crontab, 'blog', [PUSH]);

  expect(readEntries(changed, 'blog')).toEqual([PUSH]);
  expect(changed.startsWith(FOREIGN)).toBe(true);
  expect(changed.endsWith('# END blogctl blog\n# below\n')).toBe(true);
});

test('sites share a crontab, also where one name begins with the other', () => {
  const both = withBlock(withBlock('', 'blog-2', [PUSH]), 'blog', [WARM]);

  expect(readEntries(both, 'blog')).toEqual([WARM]);
  expect(readEntries(both, 'blog-2')).toEqual([PUSH]);
  expect(withoutBlock(both, 'blog')).toBe(withBlock('', 'blog-2', [PUSH]));
  expect(readEntries(both, 'blo')).toEqual([]);
});

test('a site may be named in any script, and is the same however its letters are composed', () => {
  const crontab = withBlock(withBlock('', '我的博客', [WARM]), 'caf\u00e9', [PUSH]);

  expect(fromBytes(crontab)).toContain('# BEGIN blogctl 我的博客 (');
  expect(crontab).not.toMatch(/[^\0-\xff]/);
  expect(readEntries(crontab, '我的博客')).toEqual([WARM]);
  expect(readEntries(crontab, 'cafe\u0301')).toEqual([PUSH]);
});

test('a letter whose bytes look like blanks is no blank', () => {
  expect(readEntries(withBlock('', 'à\u0445', [WARM]), 'à\u0445')).toEqual([WARM]);
});

describe('what was there before comes back', () => {
  test.each(['', '\n', '# x\n', '# no newline', '# crlf\r\n', 'a\n\n\n', '\r'])('%j', (before) => {
    expect(withoutBlock(withBlock(before, 'blog', [WARM]), 'blog')).toBe(before);
    expect(withoutBlock(withBlock(withBlock(before, 'blog', [WARM]), 'blog', [PUSH]), 'blog')).toBe(before);
  });

  test('with its newline, once lines were added below the block', () => {
    const crontab = `${withBlock('# no newline', 'blog', [WARM])}# below\n`;

    expect(withoutBlock(crontab, 'blog')).toBe('# no newline\n# below\n');
  });
});

describe('no marker is', () => {
  test.each([
    '  # BEGIN blogctl blog (indented)',
    '\t# END blogctl blog',
    '# see "# END blogctl blog"',
    '# BEGIN blogctl blog is what the tool writes',
    '# begin blogctl blog',
    '#BEGIN blogctl blog',
    '# BEGIN blogctl blog-2 (another site',
    '0 0 * * * echo # BEGIN blogctl blog',
  ])('%j', (line) => {
    expect(findBlock(`${line}\n`, 'blog')).toBeNull();
    expect(withoutBlock(withBlock(`${line}\n`, 'blog', [WARM]), 'blog')).toBe(`${line}\n`);
  });
});

test('a block that an editor gave other line ends is still one', () => {
  const crontab = withBlock('', 'blog', [WARM]).replaceAll('\n', '\r\n');

  expect(readEntries(crontab, 'blog')).toEqual([WARM]);
  expect(withBlock(crontab, 'blog', [WARM])).toBe(withBlock('', 'blog', [WARM]));
});

test('lines changed by hand are read as far as they are jobs', () => {
  const lines = [
    '# BEGIN blogctl blog',
    '# job: a',
    '1  2\t* * *  spaced',
    '# job: b',
    '#1 2 * * * off',
    '# job: c',
    '# END blogctl blog',
  ];

  expect(readEntries(`${lines.join('\n')}\n`, 'blog')).toEqual([
    { name: 'a', schedule: '1 2 * * *', command: ' spaced' },
  ]);
});

test('says where a block stands', () => {
  const block = findBlock(withBlock(FOREIGN, 'blog', [WARM]), 'blog');

  expect(block).toMatchObject({ firstLine: 3, lastLine: 6, start: FOREIGN.length, hasAddedNewline: false });
  expect(block?.lines).toEqual(renderBlock('blog', [WARM]).slice(1, -1));
});

describe('refuses lines out of order:', () => {
  const [begin, end, otherBegin, otherEnd] = [
    '# BEGIN blogctl blog',
    '# END blogctl blog',
    '# BEGIN blogctl b2',
    '# END blogctl b2',
  ];

  test.each([
    [
      ['x', begin],
      /^line 2 of the crontab: the block of "blog" starts but never ends; nothing was changed, put .* crontab -e$/,
    ],
    [['x', 'y', end], /^line 3 of the crontab: the block of "blog" ends but was never started/],
    [[begin, end, begin, end], /^line 3 of the crontab: a second block of "blog" starts, the first is in line 1/],
    [[begin, begin, end], /^line 2 of the crontab: another block starts or ends inside the block of "blog"/],
    [[begin, end, end], /^line 3 .* never started/],
    [[end, begin], /^line 1 .* never started/],
    [[begin, otherBegin, otherEnd, end], /^line 2 .* inside the block of "blog" that starts in line 1/],
    [[begin, otherEnd, end], /^line 2 .* inside the block/],
    [[otherBegin, begin, end, otherEnd], /^line 2 .*"blog" lies inside another one, which ends in line 4/],
  ])('%j', (lines, message) => {
    const crontab = lines.map((line) => `${line}\n`).join('');

    expect(() => withBlock(crontab, 'blog', [WARM])).toThrow(CrontabError);
    expect(() => withoutBlock(crontab, 'blog')).toThrow(message);
  });

  test('but leaves half blocks of other sites to them', () => {
    const crontab = [otherBegin, begin, end, otherBegin, otherEnd, otherEnd].map((line) => `${line}\n`).join('');

    expect(withoutBlock(crontab, 'blog')).toBe(crontab.replace(`${begin}\n${end}\n`, ''));
  });
});

describe('refuses', () => {
  test.each<[string, Partial<CrontabEntry>, RegExp]>([
    ['a name that leaves its line', { name: 'a\n* * * * * evil' }, /is named with up to 64 ASCII letters/],
    ['a name in another script', { name: '备份' }, /rename it/],
    ['an empty name', { name: '' }, /is named with/],
    ['a bad schedule', { schedule: '60 * * * *' }, /^job "warm-cache": minute: "60" is out of range/],
    ['a schedule that leaves its line', { schedule: '* * * * *\n' }, /^job "warm-cache": a schedule is one line/],
    ['a newline in a command', { command: 'a\nb' }, /line break or another control character.*"a\\nb"/],
    ['a carriage return', { command: 'a\rb' }, /control character/],
    ['a NUL', { command: 'a\0b' }, /control character/],
    ['half a character', { command: 'a\ud800' }, /control character/],
    ['a line separator', { command: 'a\u2028b' }, /line break/],
    ['an empty command', { command: ' ' }, /its command is empty/],
    ['two backslashes', { command: 'a\\\\b' }, /backslash before a backslash or a "%"/],
    ['a backslash before %', { command: 'date +\\%F' }, /put it into a script/],
    ['a long line', { command: 'x'.repeat(891) }, /has 901 bytes and cron takes 900/],
    ['a line long in bytes', { command: '我'.repeat(300) }, /has 910 bytes/],
  ])('%s', (_, change, message) => {
    expect(() => renderBlock('blog', [{ ...WARM, ...change }])).toThrow(CrontabError);
    expect(() => renderBlock('blog', [{ ...WARM, ...change }])).toThrow(message);
  });

  test('two jobs of one name', () => {
    expect(() => renderBlock('blog', [WARM, PUSH, WARM])).toThrow(/"warm-cache" is there twice/);
  });

  test.each(['', '-x', 'a b', 'a\nb', 'a/b', 'x'.repeat(65), '😀', '\u0301', 'a\u200b', '(', 'a\ud800'])(
    'the site %j',
    (site) => {
      expect(() => findBlock('', site)).toThrow(CrontabError);
      expect(() => renderBlock(site, [])).toThrow(/change blog.name/);
    },
  );
});

test('takes a line of just the length that cron takes', () => {
  expect(renderBlock('blog', [{ ...WARM, command: 'x'.repeat(890) }])[2]).toHaveLength(900);
});

test('text becomes bytes and text again', () => {
  expect(toBytes('é我')).toBe('\xc3\xa9\xe6\x88\x91');
  expect(fromBytes(toBytes('é我😀'))).toBe('é我😀');
});
