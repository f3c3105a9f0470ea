import { expect, test } from 'vitest';
import { interpolate } from '../../../src/runner/config/interpolate.ts';
import { testHost } from '../../helpers/run.ts';

test.each(['${evn:PW}', '${PW}', '${vault:x}', '${}'])('the unknown placeholder %s is a problem', (placeholder) => {
  const { problems } = interpolate({ database: `mysql://blog:${placeholder}@127.0.0.1/izone` }, testHost({}));

  expect(problems).toEqual([
    {
      path: ['database'],
      message: `unknown placeholder "${placeholder}"; known are \${env:NAME} and \${file:/path}; write $\${ for a plain \${`,
    },
  ]);
});

test('two dollars make a placeholder plain text', () => {
  const { value, problems } = interpolate({ name: 'a $${PW} b' }, testHost({}));

  expect(value).toEqual({ name: 'a ${PW} b' });
  expect(problems).toEqual([]);
});
