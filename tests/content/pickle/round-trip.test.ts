import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpickle } from '../../../src/content/pickle/reader.ts';
import { pickle } from '../../../src/content/pickle/writer.ts';
import { python } from '../../helpers/python.ts';
import { describeWithServer } from '../../helpers/servers/availability.ts';
import { anyCacheValue } from './arbitrary.ts';

test('what is written is read back the same', () => {
  fc.assert(
    fc.property(anyCacheValue, (value) => {
      expect(unpickle(pickle(value))).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

describeWithServer('python3', 'real Python', () => {
  // Each line one pickle; the answer has each value in all protocols.
  const repeat = `
import pickle, sys
for line in sys.stdin:
    value = pickle.loads(bytes.fromhex(line))
    print(' '.join(pickle.dumps(value, protocol).hex() for protocol in range(pickle.HIGHEST_PROTOCOL + 1)))
`;

  test('reads what we write, and we read it back in every protocol', async () => {
    const values = fc.sample(anyCacheValue, 300);
    const lines = values.map((value) => Buffer.from(pickle(value)).toString('hex'));

    const answers = (await python(repeat, lines.join('\n'))).trim().split('\n');

    expect(answers).toHaveLength(values.length);
    values.forEach((value, index) => {
      for (const hex of answers[index]?.split(' ') ?? []) expect(unpickle(Buffer.from(hex, 'hex'))).toEqual(value);
    });
  });

  test('sees the types that Python code expects', async () => {
    const show = 'import pickle, sys; print(ascii(pickle.loads(sys.stdin.buffer.read())))';
    const value = ['\ud800\0é', -(2n ** 70n), 3, 1.5, true, null, new Map([['k', []]])];

    const shown = await python(show, Buffer.from(pickle(value)));

    expect(shown.trim()).toBe(String.raw`['\ud800\x00\xe9', -1180591620717411303424, 3, 1.5, True, None, {'k': []}]`);
  });
});
