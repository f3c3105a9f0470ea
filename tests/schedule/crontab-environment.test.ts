import { expect, test } from 'vitest';
import { toBytes } from '../../src/schedule/byte-text.ts';
import { withBlock } from '../../src/schedule/crontab-block.ts';
import { environmentAbove } from '../../src/schedule/crontab-environment.ts';

test('finds what is set above the block, as cron reads it', () => {
  const above = [
    'CRON_TZ=Asia/Shanghai',
    '  SHELL = "/bin/bash"  ',
    "'PATH'='/a:/b '",
    'EMPTY=',
    'HOME=/srv/博客\r',
    '# MAILTO=me',
    '0 3 * * * FOO=bar /opt/x',
    '*/5 * * * * A=b',
    'not an assignment',
    '=x',
  ];
  const crontab = `${withBlock(toBytes(`${above.join('\n')}\n`), 'blog', [])}LATER=1\n`;

  expect(environmentAbove(crontab, 'blog')).toEqual([
    { name: 'CRON_TZ', value: 'Asia/Shanghai', line: 1 },
    { name: 'SHELL', value: '/bin/bash', line: 2 },
    { name: 'PATH', value: '/a:/b ', line: 3 },
    { name: 'EMPTY', value: '', line: 4 },
    { name: 'HOME', value: '/srv/博客', line: 5 },
  ]);
});

test('the last setting of a name counts', () => {
  expect(environmentAbove('A=1\nB=2\nA=3\n', 'blog')).toEqual([
    { name: 'B', value: '2', line: 2 },
    { name: 'A', value: '3', line: 3 },
  ]);
});

test('without a block, all that would be above it', () => {
  expect(environmentAbove('PATH=/x', 'blog')).toEqual([{ name: 'PATH', value: '/x', line: 1 }]);
  expect(environmentAbove('', 'blog')).toEqual([]);
});
