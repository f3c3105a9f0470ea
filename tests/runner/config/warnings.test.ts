import { expect, test } from 'vitest';
import { load, openStage } from '../stage.ts';

const secretFiles = [
  ['the database’s password', 'database: mysql://blog:geheim@127.0.0.1/izone\n'],
  ['the cache’s password', 'database: sqlite:a.db\ncache: redis://:geheim@127.0.0.1/0\n'],
  ['half a password', 'database: mysql://blog:geheim${env:PW}@127.0.0.1/izone\n'],
] as const;

test.each(secretFiles)('a file with %s that everybody may read is warned about', async (_, text) => {
  const stage = await openStage({ variables: { PW: 'pw' } });
  const path = stage.write('blogctl.yaml', text, 0o644);

  const { warnings } = await load(stage, { dryRun: false });

  expect(warnings).toEqual([
    `${path} holds secrets and every user of this machine may read it: run chmod 600 ${path}`,
  ]);
  // A second run warns again: such a file is not kept.
  expect((await load(stage, { dryRun: false })).warnings).toEqual(warnings);
});

test.each(secretFiles)('a file with %s that its owner alone may read is not', async (_, text) => {
  const stage = await openStage({ variables: { PW: 'pw' } });
  stage.write('blogctl.yaml', text, 0o600);

  expect((await load(stage)).warnings).toEqual([]);
});

test.each([
  ['placeholders', 'database: mysql://blog:${env:PW}@127.0.0.1/izone\ncache: redis://:${env:PW}@127.0.0.1/0\n'],
  ['no password at all', 'database: mysql://blog@127.0.0.1/izone\n'],
  ['a path', 'database: sqlite:/srv/a:b@c.db\n'],
])('a file with %s may be read by everybody', async (_, text) => {
  const stage = await openStage({ variables: { PW: 'pw' } });
  stage.write('blogctl.yaml', text, 0o644);

  expect((await load(stage)).warnings).toEqual([]);
});
