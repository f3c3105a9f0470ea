import { expect, test } from 'vitest';
import { load, openStage, problemsIn } from '../stage.ts';

const database = 'database: sqlite:blog.db';
const network = 'expected an address or a network such as 192.168.7.0/24';

test.each([
  ['allowPrivate: 10.0.0.0/8', 'allowPrivate: expected a list, got "10.0.0.0/8"'],
  ['allowPrivate: [10.0.0.0/33]', `allowPrivate[0]: ${network}, got "10.0.0.0/33"`],
  ['allowPrivate: [10.0.0.1, "fd00::/129"]', `allowPrivate[1]: ${network}, got "fd00::/129"`],
  ['allowPrivate: [localhost]', `allowPrivate[0]: ${network}, got "localhost"`],
  ['allowPrivate: [10.0.0]', `allowPrivate[0]: ${network}, got "10.0.0"`],
  ['allowPrivate: ["fe80::1%eth0"]', `allowPrivate[0]: ${network}, got "fe80::1%eth0"`],
  ['allowPrivate: ["10.0.0.0/"]', `allowPrivate[0]: ${network}, got "10.0.0.0/"`],
  ['allowPrivate: [10]', `allowPrivate[0]: ${network}, got 10`],
  ['canaries: [example.com]', 'canaries[0]: expected an address such as https://example.com/, got "example.com"'],
  ['canaries: ["ftp://example.com/"]', 'canaries[0]: expected an address such as https://example.com/, got "ftp://example.com/"'],
  ['canaries: ["https://me:s3cret@example.com/"]', 'canaries[0]: expected an address such as https://example.com/, got an address with a password'],
  ['concurrency: 0', 'concurrency: expected a whole number from 1 to 256, got 0'],
  ['perHost: 1.5', 'perHost: expected a whole number from 1 to 64, got 1.5'],
  ['spacing: 250', 'spacing: expected a length of time such as 45m, got 250'],
  ['timeout: 100ms', 'timeout: expected a length of time of at least 1s, got "100ms"'],
  ['connectTimeout: soon', 'connectTimeout: expected a length of time such as 45m, got "soon"'],
  ['answerTimeout: 0s', 'answerTimeout: expected a length of time of at least 1s, got "0s"'],
  ['userAgent: "a\\nb"', 'userAgent: expected one line of ASCII characters, got "a\\nb"'],
  ['userAgent: 机器人', 'userAgent: expected one line of ASCII characters, got "机器人"'],
  ['userAgent: ""', 'userAgent: expected one line of ASCII characters, got ""'],
  ['timeot: 5s', 'timeot: unknown key; did you mean "timeout"?'],
])('http: { %s } is told with its line', async (setting, expected) => {
  const stage = await openStage();

  expect(await problemsIn(stage, `${database}\nhttp: { ${setting} }\n`)).toEqual([`http.${expected} (blogctl.yaml:2)`]);
});

test('the section is read, and what it leaves out has its default', async () => {
  const stage = await openStage();

  const given = 'allowPrivate: [127.0.0.1, 192.168.7.0/24, "fd00::/8"], spacing: 0s, userAgent: my-robot/1';
  stage.write('blogctl.yaml', `${database}\nhttp: { ${given} }\n`);

  const { http } = await load(stage);

  expect(http).toMatchObject({
    allowPrivate: ['127.0.0.1', '192.168.7.0/24', 'fd00::/8'],
    canaries: [],
    concurrency: 32,
    perHost: 4,
    spacing: { ms: 0 },
    timeout: { ms: 20_000 },
    connectTimeout: { ms: 10_000 },
    answerTimeout: { ms: 15_000 },
    userAgent: 'my-robot/1',
  });
});
