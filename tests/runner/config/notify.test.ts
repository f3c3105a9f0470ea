import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../src/core/redact.ts';
import { load, openStage, problemsIn } from '../stage.ts';

const base = 'database: sqlite:blog.db\n';
const dingtalk = 'https://oapi.dingtalk.com/robot/send?access_token=e9a8118c8a3dc685fab41df25b9dc865';
const feishu = 'https://open.feishu.cn/open-apis/bot/v2/hook/f19aaaaa-bbbb-cccc';
const wecom = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=73febdcb-1b38-4d1b-a994-790f21fc8d30';

test('nobody is told by default', async () => {
  const stage = await openStage();
  stage.write('blogctl.yaml', base);

  expect((await load(stage)).notify).toEqual({ webhooks: [], failedJobs: true });
});

test('mail and every kind of webhook', async () => {
  const stage = await openStage({ variables: { SMTP_PASSWORD: 'p@ss/word', HOOK: dingtalk } });
  stage.write(
    'blogctl.yaml',
    `${base}notify:
  mail:
    from: 博客 <robot@example.com>
    to: [one@example.com, Two <two@example.com>]
    smtp: smtps://robot:\${env:SMTP_PASSWORD}@smtp.example.com
    ca: certificates/own.pem
  webhooks:
    - { kind: json, url: https://example.com/hook, token: abc, name: mine }
    - { kind: dingtalk, url: "\${env:HOOK}", secret: SEC123 }
    - { kind: feishu, url: ${feishu} }
    - { kind: wecom, url: "${wecom}" }
    - { kind: telegram, token: "123:ABC-def_456", chat: -100123 }
    - { kind: ntfy, url: https://ntfy.sh/my-topic }
  failedJobs: false
`,
  );

  const { notify } = await load(stage);

  expect(notify.mail).toEqual({
    from: '博客 <robot@example.com>',
    to: ['one@example.com', 'Two <two@example.com>'],
    smtp: 'smtps://robot:p%40ss%2Fword@smtp.example.com',
    ca: 'certificates/own.pem',
  });
  expect(notify.webhooks).toEqual([
    { kind: 'json', url: 'https://example.com/hook', token: 'abc', name: 'mine' },
    { kind: 'dingtalk', url: dingtalk, secret: 'SEC123' },
    { kind: 'feishu', url: feishu },
    { kind: 'wecom', url: wecom },
    { kind: 'telegram', url: 'https://api.telegram.org', token: '123:ABC-def_456', chat: '-100123' },
    { kind: 'ntfy', url: 'https://ntfy.sh/my-topic' },
  ]);
  expect(notify.failedJobs).toBe(false);
});

describe('what is wrong is told with its line', () => {
  const hook = (text: string): string => `${base}notify:\n  webhooks:\n    - ${text}\n`;

  test.each([
    ['notify: yes please\n', 'notify: expected a mapping, got "yes please" (blogctl.yaml:2)'],
    ['notify: { emails: 1 }\n', 'notify.emails: unknown key; did you mean "mail"? (blogctl.yaml:2)'],
    ['notify: { failedJobs: maybe }\n', 'notify.failedJobs: expected true or false, got "maybe" (blogctl.yaml:2)'],
    ['notify: { mail: [] }\n', 'notify.mail: expected a mapping, got a list (blogctl.yaml:2)'],
    [
      'notify: { mail: { from: a@b.c, to: d@e.f, smtp: "smtp://x" } }\n',
      'notify.mail.to: expected a list of mail addresses such as [you@example.com], got "d@e.f" (blogctl.yaml:2)',
    ],
    [
      'notify: { webhooks: https://example.com }\n',
      'notify.webhooks: expected a list of webhooks, got "https://example.com" (blogctl.yaml:2)',
    ],
  ])('%s', async (text, problem) => {
    const stage = await openStage();

    expect(await problemsIn(stage, base + text)).toEqual([problem]);
  });

  test('an unknown key of mail', async () => {
    const stage = await openStage();

    const problems = await problemsIn(
      stage,
      `${base}notify:\n  mail: { from: a@b.c, to: [d@e.f], smtp: "smtp://x", cc: x@y.z }\n`,
    );

    expect(problems).toEqual(['notify.mail.cc: unknown key; did you mean "ca"? (blogctl.yaml:3)']);
  });

  test('addresses of mail, all at once, without showing them', async () => {
    const stage = await openStage();

    const problems = await problemsIn(
      stage,
      `${base}notify:\n  mail:\n    from: nobody\n    to: [a@b.c, "d@e.f, g@h.i"]\n    smtp: smtp.example.com:s3cret-pw\n`,
    );

    const expected = 'expected a mail address such as you@example.com or Name <you@example.com>';
    expect(problems).toEqual([
      `notify.mail.from: ${expected} (blogctl.yaml:4)`,
      `notify.mail.to[1]: ${expected} (blogctl.yaml:5)`,
      expect.stringMatching(/^notify\.mail\.smtp: expected the address of a mail server: smtps:.* \(blogctl\.yaml:6\)$/),
    ]);
    expect(problems.join()).not.toContain('s3cret');
  });

  test.each([
    ['{ url: https://example.com }', 'kind: expected json, dingtalk, feishu, wecom, telegram or ntfy, got nothing'],
    ['{ kind: slack, url: https://x.y }', 'kind: expected json, dingtalk, feishu, wecom, telegram or ntfy, got "slack"'],
    ['{ kind: json }', "url: expected the webhook's address"],
    ['{ kind: json, url: example.com/s3cret }', 'url: expected an address such as https://example.com/hook'],
    ['{ kind: json, url: [s3cret] }', "url: expected the webhook's address"],
    ['{ kind: dingtalk, url: https://oapi.dingtalk.com/robot/send }', 'url: expected an address such as https://oapi.dingtalk.com'],
    ['{ kind: feishu, url: https://open.feishu.cn/open-apis/ }', 'url: expected an address such as https://open.feishu.cn'],
    ['{ kind: wecom, url: "https://qyapi.weixin.qq.com/x?key=" }', 'url: expected an address such as https://qyapi.weixin'],
    ['{ kind: wecom, url: "https://q.c/x?key=k", secret: s3cret }', 'secret: unknown key; known are kind, name, url'],
    ['{ kind: telegram, chat: 1 }', "token: expected the bot's token"],
    ['{ kind: telegram, token: s3cret, chat: 1 }', 'token: expected the token of a bot such as 123456:AAbb…'],
    ['{ kind: telegram, token: "1:a" }', 'chat: expected a chat such as -1001234567890, got nothing'],
    ['{ kind: ntfy, url: https://ntfy.sh/ }', 'url: expected the address of a topic such as https://ntfy.sh/my-topic'],
    ['{ kind: json, url: https://x.y, token: "s3cret\\nb" }', 'token: expected one line of ASCII letters, digits and signs'],
    ['{ kind: ntfy, url: https://ntfy.sh/x, token: s3cret密 }', 'token: expected one line of ASCII letters'],
    [`{ kind: feishu, url: ${feishu}, secret: "s3cret\\tb" }`, 'secret: expected one line without control characters'],
    ['{ kind: json, url: https://x.y, name: "a\\nb" }', 'name: expected one line of at most 100 characters'],
    ['{ kind: json, url: "https://user:s3cret@x.y/hook" }', 'url: expected an address without "user:password@"'],
    ['{ kind: ntfy, url: https://ntfy.sh/x, tokn: s3cret }', 'tokn: unknown key; did you mean "token"?'],
  ])('a webhook %s', async (text, problem) => {
    const stage = await openStage();

    const problems = await problemsIn(stage, hook(text));

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`notify.webhooks[0].${problem}`);
    expect(problems[0]).toMatch(/\(blogctl\.yaml:4\)$/);
    expect(problems[0]).not.toContain('s3cret');
  });

  test.each([
    ['a name', 'kind: json, url: https://x.y/s3cret1, name: a', 'kind: json, url: https://x.y/s3cret2, name: a', 'json a'],
    ['an address', `kind: wecom, url: "${wecom}"`, `kind: wecom, url: "${wecom}"`, 'wecom on qyapi.weixin.qq.com (fbae40)'],
    ['a chat', 'kind: telegram, token: "1:a", chat: 7', 'kind: telegram, token: "2:b", chat: 7', 'telegram to 7'],
  ])('two webhooks that share %s', async (_, one, other, name) => {
    const stage = await openStage();

    const problems = await problemsIn(stage, `${base}notify:\n  webhooks:\n    - { ${one} }\n    - { ${other} }\n`);

    expect(problems).toEqual([
      `notify.webhooks[1]: expected a channel of its own, but this and notify.webhooks[0] are both "${name}": give one another name, or take it out (blogctl.yaml:5)`,
    ]);
  });

  test('an address of mail that stands there twice', async () => {
    const stage = await openStage();

    const problems = await problemsIn(
      stage,
      `${base}notify:\n  mail:\n    from: a@b.c\n    to: [d@e.f, D <d@e.f>]\n    smtp: smtps://h\n`,
    );

    expect(problems).toEqual(['notify.mail.to[1]: this address stands here twice (blogctl.yaml:5)']);
  });

  test('a webhook that is no mapping', async () => {
    const stage = await openStage();

    const problems = await problemsIn(stage, hook('https://example.com/s3cret'));

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^notify\.webhooks\[0\]: expected/);
  });
});

describe('secrets', () => {
  const secrets = {
    dingtalk: [`{ kind: dingtalk, url: "${dingtalk}" }`, 'e9a8118c8a3dc685fab41df25b9dc865'],
    'its signing secret': ['{ kind: dingtalk, url: "https://o.d.c/r?access_token=${env:A}", secret: SEC-abcdef }', 'SEC-abcdef'],
    feishu: [`{ kind: feishu, url: ${feishu} }`, 'f19aaaaa-bbbb-cccc'],
    wecom: [`{ kind: wecom, url: "${wecom}" }`, '73febdcb-1b38-4d1b-a994-790f21fc8d30'],
    telegram: ['{ kind: telegram, token: "123:ABC-def_456", chat: 7 }', '123:ABC-def_456'],
    ntfy: ['{ kind: ntfy, url: https://ntfy.sh/nobody-guesses-this, token: "${env:A}" }', 'nobody-guesses-this'],
    json: ['{ kind: json, url: https://hooks.example.com/services/T0001/B0002/XXyyZZ99 }', 'services/T0001/B0002/XXyyZZ99'],
  } as const;

  test.each(Object.entries(secrets))('%s, though written plainly: struck out, warned of, never kept', async (_, [text, secret]) => {
    const stage = await openStage({ variables: { A: 'some-value' } });
    stage.write('blogctl.yaml', `${base}notify:\n  webhooks:\n    - ${text}\n`, 0o644);

    const config = await load(stage, { dryRun: false });

    const redactor = createRedactor();
    redactor.add(config.secrets);
    expect(redactor.clean(`an answer with ${secret} in it`)).toBe('an answer with *** in it');
    expect(config.warnings).toEqual([expect.stringContaining('holds secrets and every user of this machine may read it')]);
    expect(stage.has(join(stage.home, '.cache', 'blogctl'))).toBe(false);
  });

  test('behind placeholders are struck out as well; the file is kept with the placeholders', async () => {
    const variables = { HOOK: dingtalk, TOPIC: 'nobody-guesses-this', BOT: '123:ABC-def_456', MAIL: 'mail-pw-1' };
    const stage = await openStage({ variables });
    const text = `${base}notify:
  mail: { from: a@b.c, to: [d@e.f], smtp: "smtps://u:\${env:MAIL}@smtp.example.com" }
  webhooks:
    - { kind: dingtalk, url: "\${env:HOOK}" }
    - { kind: ntfy, url: "https://ntfy.sh/\${env:TOPIC}" }
    - { kind: telegram, token: "\${env:BOT}", chat: 7 }
`;
    stage.write('blogctl.yaml', text, 0o644);

    const first = await load(stage, { dryRun: false });
    const again = await load(stage);

    const folder = join(stage.home, '.cache', 'blogctl');
    const kept = readdirSync(folder).map((name) => stage.read(join(folder, name))).join('');
    expect(first.warnings).toEqual([]);
    expect(kept).toContain('${env:HOOK}');
    for (const value of ['e9a8118c8a3dc685', 'nobody-guesses', 'ABC-def_456', 'mail-pw-1']) {
      expect(kept).not.toContain(value);
      expect(createCleaner(first.secrets)(value === 'e9a8118c8a3dc685' ? dingtalk : JSON.stringify(variables))).not.toContain(value);
    }
    expect(again).toEqual({ ...first, warnings: [] });
  });

  test('a kept address that is none any more is told with its line', async () => {
    const stage = await openStage({ variables: { HOOK: dingtalk } });
    stage.write('blogctl.yaml', `${base}notify:\n  webhooks: [{ kind: dingtalk, url: "\${env:HOOK}" }]\n`);
    await load(stage, { dryRun: false });

    const later = { ...stage, host: { ...stage.host, variables: { HOOK: 'https://oapi.dingtalk.com/' } } };

    await expect(load(later)).rejects.toThrow(/^notify\.webhooks\[0\]\.url: expected an address such as .* \(blogctl\.yaml:3\)$/);
  });
});

function createCleaner(secrets: readonly string[]): (text: string) => string {
  const redactor = createRedactor();
  redactor.add(secrets);
  return redactor.clean;
}
