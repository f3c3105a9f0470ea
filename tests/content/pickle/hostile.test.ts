import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PickleError } from '../../../src/content/pickle/pickle-error.ts';
import { unpickle } from '../../../src/content/pickle/reader.ts';
import { pickle } from '../../../src/content/pickle/writer.ts';
import { type CacheValue, Tuple } from '../../../src/core/cache.ts';
import { oracleMissing, oracleObjects } from './oracle.ts';

const sample = Buffer.from(
  pickle([new Tuple('a', 'a'.repeat(300)), new Map([['k', -70_000]]), 1.5, 2n ** 80n, true, null, 'a'] as CacheValue),
);

const sampleOfProtocol0 = text('(lp0\nVa\\u00e9\np1\naI5\naL5L\naF1.5\na(dp2\nVk\nI01\nsa(I1\ntp3\nag1\na.');

describe('code is never run, and is named', () => {
  const streams: readonly (readonly [what: string, bytes: Buffer, named: string])[] = [
    ['GLOBAL and REDUCE', text("cos\nsystem\n(S'true'\ntR."), 'the Python object os.system (byte 0)'],
    ['STACK_GLOBAL', hex('80048c026f738c0673797374656d938c047472756585522e'), 'os.system'],
    ['INST', text("(S'true'\nios\nsystem\n."), 'a Python 2 string'],
    ['INST without arguments', text('(ios\nsystem\n.'), 'the Python object os.system'],
    ['a class of a memoised name', hex('80048c026f73948c0673797374656d949368002e'), 'os.system'],
    ['a name with control characters', text('c\x1b[2J\n\x07x\n.'), 'the Python object ?[2J.?x'],
    ['REDUCE', text('NNR.'), 'a call of a Python function'],
    ['BUILD', text('NNb.'), 'a Python object'],
    ['NEWOBJ', hex('80044e29812e'), 'a Python object'],
    ['a persistent id', text('P1\n.'), 'a persistent id'],
    ['an extension', hex('800282012e'), 'a registered extension'],
    ['bytes', hex('80044301612e'), 'Python bytes'],
    ['a set', hex('80048f942e'), 'a Python set'],
    ['a Python 2 string', text('U\x01a.'), 'a Python 2 string'],
    ['an out-of-band buffer', hex('8005972e'), 'an out-of-band buffer'],
  ];

  test.each(streams)('%s', (_, bytes, named) => {
    expect(() => unpickle(bytes)).toThrow(refusal(named));
  });

  test.skipIf(oracleMissing !== null)("izone's lists of Django objects", () => {
    expect(oracleObjects().length).toBeGreaterThan(0);
    for (const object of oracleObjects()) {
      expect(() => unpickle(hex(object))).toThrow('the Python object django.db.models.base.model_unpickle');
    }
  });
});

describe('what is cut off, is told so', () => {
  test.each([
    ['protocol 4', sample],
    ['protocol 0', sampleOfProtocol0],
  ])('at each byte of %s', (_, bytes) => {
    expect(() => unpickle(bytes)).not.toThrow();
    for (let size = 0; size < bytes.length; size++) {
      expect(() => unpickle(bytes.subarray(0, size)), `${size} bytes`).toThrow(PickleError);
    }
  });

  test('bytes that follow', () => {
    expect(() => unpickle(Buffer.concat([sample, Buffer.from('ab')]))).toThrow('followed by 2 bytes');
  });
});

describe('a few bytes that would cost much', () => {
  const streams: readonly (readonly [what: string, bytes: Buffer, message: string])[] = [
    ['a string of 2^63 bytes', hex('80048dffffffffffffff7f612e'), 'is cut off'],
    ['a string of 4 GiB', hex('800458ffffffff612e'), 'is cut off'],
    ['a frame of 2^64 bytes', hex('800495ffffffffffffffff4e2e'), 'is cut off'],
    ['an int of 2 GiB', hex('80048bffffff7f2e'), 'an int of 2147483647 bytes, too long to read'],
    ['an int of a negative length', hex('80048bffffffff2e'), 'negative length'],
    ['an int of many digits', text(`I${'9'.repeat(100_000)}\n.`), 'an int that is too long'],
    ['a tuple of many items', text(`(${'N'.repeat(200_000)}t.`), 'a tuple of 200000 items'],
    ['lists within lists', text(`${']'.repeat(100_000)}${'a'.repeat(99_999)}.`), 'more than 200 levels'],
    [
      'tuples within tuples',
      Buffer.concat([text('N'), Buffer.alloc(100_000, 0x85), text('.')]),
      'more than 200 levels',
    ],
    ['a list that holds itself', text(']q\0h\0a.'), 'more than 200 levels'],
    ['a dict that holds itself', text('}q\0Va\nh\0s.'), 'more than 200 levels'],
    ['a tuple that doubles', text(`N${'q\0h\0\x86'.repeat(60)}.`), 'more than 1000000 elements'],
    [
      'millions of empty tuples',
      Buffer.concat([text('('), Buffer.alloc(6_000_000, 0x29), text('l.')]),
      '1000000 elements',
    ],
    ['more than 64 MiB', Buffer.alloc(64 * 1024 * 1024 + 1), 'more than 67108864'],
  ];

  test.each(streams)('%s', (_, bytes, message) => {
    expect(() => unpickle(bytes)).toThrow(refusal(message));
  });
});

describe('what is malformed', () => {
  const streams: readonly (readonly [what: string, bytes: Buffer, message: string])[] = [
    ['nothing at all', Buffer.alloc(0), 'ends after 0 bytes'],
    ['no value', text('.'), 'a value is missing'],
    ['two values', text('NN.'), 'values left over'],
    ['a mark left over', text('N(.'), 'a value is missing'],
    ['no mark', text('Nt.'), 'a mark is missing'],
    ['an append to no list', text('NNa.'), 'no list'],
    ['a key of no dict', text('NVa\nNs.'), 'no dict'],
    ['a key without a value', text('(Va\nd.'), 'a key has no value'],
    ['a key that is no string', text('}I1\nNs.'), 'a key that is no string'],
    ['a memo that was not written', text('h\x07.'), 'nothing was remembered as 7'],
    ['a place that is no number', text('gx\n.'), 'no number'],
    ['an unknown opcode', hex('8004ff2e'), '0xff has no meaning at byte 2'],
    ['an unknown protocol', hex('80064e2e'), 'protocol 6'],
    ['an int that is none', text('I1e5\n.'), 'an int reads "1e5"'],
    ['a float that is none', text('F0x10\n.'), 'a float is no number'],
    ['a string that is not UTF-8', hex('80048c02c3282e'), 'not UTF-8'],
    ['a character beyond Unicode', text('V\\U00110000\n.'), 'beyond U+10FFFF'],
    ['zlib, as a compressor leaves it', hex('789c6b60ca2c01000218010f'), '0x78 has no meaning at byte 0'],
    ['JSON', text('{"a":1}'), '0x7b has no meaning at byte 0'],
  ];

  test.each(streams)('%s', (_, bytes, message) => {
    expect(() => unpickle(bytes)).toThrow(refusal(message));
  });

  test('any bytes are read or refused with a PickleError', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => expectReadOrRefused(bytes)));
  });

  test('any change of one byte is read or refused with a PickleError', () => {
    fc.assert(
      fc.property(fc.nat(sample.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(sample);
        changed[at] = byte;
        expectReadOrRefused(changed);
      }),
      { numRuns: 2000 },
    );
  });
});

/** A PickleError whose message holds the text. */
function refusal(text: string): unknown {
  return expect.objectContaining({ name: 'PickleError', message: expect.stringContaining(text) as string });
}

function expectReadOrRefused(bytes: Uint8Array): void {
  try {
    unpickle(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(PickleError);
  }
}

function hex(digits: string): Buffer {
  return Buffer.from(digits, 'hex');
}

function text(latin1: string): Buffer {
  return Buffer.from(latin1, 'latin1');
}
