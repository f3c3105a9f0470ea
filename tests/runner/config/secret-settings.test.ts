import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load, openStage, problemsIn, type Stage } from '../stage.ts';

const token = 'geheim4711';
const database = 'database: sqlite:a.db\n';

/** What is kept of configurations on this stage. */
function kept(stage: Stage): string[] {
  const folder = join(stage.home, '.cache', 'blogctl');
  return stage.has(folder) ? readdirSync(folder).map((name) => stage.read(join(folder, name))) : [];
}

describe('a setting that is a secret', () => {
  test.each([
    ['', 'jobs: { push-urls: { baiduToken: geheim4711 } }\n'],
    [' in a job of another name', 'jobs: { push: { action: push-urls, baiduToken: geheim4711 } }\n'],
    [' in part', 'jobs: { push-urls: { baiduToken: "geheim${env:REST}" } }\n'],
  ])('and stands in the file itself%s: the file is not kept, and warned about where others may read it', async (_, jobs) => {
    const stage = await openStage({ variables: { REST: '4711' } });
    const path = stage.write('blogctl.yaml', database + jobs, 0o644);

    const { warnings } = await load(stage, { dryRun: false });
    stage.write('blogctl.yaml', database + jobs, 0o600);
    const quiet = await load(stage, { dryRun: false });

    expect(warnings).toEqual([
      `${path} holds secrets and every user of this machine may read it: run chmod 600 ${path}`,
    ]);
    expect(quiet.warnings).toEqual([]);
    expect(kept(stage)).toEqual([]);
  });

  test('behind a placeholder may be read by all, and is kept as a placeholder', async () => {
    const stage = await openStage({ variables: { BAIDU: token } });
    stage.write('blogctl.yaml', `${database}jobs: { push-urls: { baiduToken: "\${env:BAIDU}" } }\n`, 0o644);

    const first = await load(stage, { dryRun: false });
    const again = await load(stage, { dryRun: false });

    expect(first.warnings).toEqual([]);
    expect(kept(stage).join()).toContain('${env:BAIDU}');
    expect(kept(stage).join()).not.toContain(token);
    expect(again.jobs.get('push-urls')?.settings).toEqual({ baiduToken: token });
  });

  test.each([
    ['a number', 'baiduToken: 47110815', 'jobs.push-urls.baiduToken: expected a text (blogctl.yaml:2)'],
    ['a list', 'baiduToken: [geheim4711]', 'jobs.push-urls.baiduToken: expected a text (blogctl.yaml:2)'],
    ['a mapping', 'baiduToken: { geheim4711: geheim4711 }', 'jobs.push-urls.baiduToken: expected a text (blogctl.yaml:2)'],
    [
      'of another form',
      'baiduToken: "geheim 4711"',
      'jobs.push-urls.baiduToken: expected 4 to 128 letters and digits, as ziyuan.baidu.com shows behind token= (blogctl.yaml:2)',
    ],
    [
      'beside a site that is none',
      'baiduToken: geheim4711, baiduSite: "::"',
      'jobs.push-urls.baiduSite: expected the site as it is verified at Baidu, such as https://blog.example.test, got "::" (blogctl.yaml:2)',
    ],
    ['empty', 'baiduToken: ""', 'jobs.push-urls.baiduToken: expected a text that is not empty (blogctl.yaml:2)'],
    [
      'of another name',
      'baiduTokn: geheim4711',
      'jobs.push-urls.baiduTokn: unknown key; did you mean "baiduToken"? (blogctl.yaml:2)',
    ],
    [
      'in the address, as the console shows it',
      'baiduEndpoint: "http://data.zz.baidu.com/urls?site=https://x.example&token=geheim4711"',
      'jobs.push-urls.baiduEndpoint: expected an address such as https://example.com/path, without a password, ? or #, got an address with a secret (blogctl.yaml:2)',
    ],
  ])('and is %s is told without its value', async (_, line, problem) => {
    const stage = await openStage();

    const problems = await problemsIn(stage, `${database}jobs: { push-urls: { schedule: off, ${line} } }\n`);

    expect(problems.join()).not.toMatch(/geheim|4711/);
    expect(problems).toEqual([problem]);
  });

  test('behind a placeholder is looked at when it is filled in', async () => {
    const stage = await openStage({ variables: { BAIDU: 'geheim 4711' } });

    const problems = await problemsIn(stage, `${database}jobs: { push-urls: { baiduToken: "\${env:BAIDU}" } }\n`);

    expect(problems).toEqual([expect.stringMatching(/^jobs\.push-urls\.baiduToken: expected 4 to 128 letters/)]);
  });

  test('that is given twice, in another problem’s place, is struck out there', async () => {
    const stage = await openStage();

    const problems = await problemsIn(
      stage,
      `${database}jobs: { push-urls: { baiduToken: ${token}, since: ${token}, schedule: ${token} } }\n`,
    );

    expect(problems.length).toBeGreaterThan(1);
    expect(problems.join()).not.toContain(token);
  });
});
