import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainJson, plainText } from '../../src/core/plain-text.ts';

test.each([
  ['a colour', '\x1b[31mred\x1b[0m', '[31mred[0m'],
  ['a title of the window', '\x1b]0;title\x07x', ']0;titlex'],
  ['a move back over the line', 'good\rbad', 'goodbad'],
  ['a backspace', 'good\b\b\b\bbad', 'goodbad'],
  ['the other introducer of sequences', '\x9b31mred', '31mred'],
  ['NUL and DEL', 'a\0b\x7fc', 'abc'],
  ['a turn of the direction', 'user\u202efdp.exe', 'userfdp.exe'],
  ['an isolate and a mark', '\u2066a\u2069\u200f', 'a'],
  ['a separator of lines', 'a\u2028b\u2029c', 'abc'],
])('%s goes', (_, text, expected) => {
  expect(plainText(text)).toBe(expected);
});

test.each(['中文，标点。', 'naïve – café', '👨‍👩‍👧 \u{1F600}', 'a\tb\nc', 'עברית العربية', ''])(
  '%j stays as it is',
  (text) => {
    expect(plainText(text)).toBe(text);
  },
);

test('JSON shows what it would hide, and is read back as it was', () => {
  const value = { text: 'a\x1b[31m\x7f\x9b\u202e\u2028中\n"' };

  const text = plainJson(value);

  expect(text).toBe('{"text":"a\\u001b[31m\\u007f\\u009b\\u202e\\u2028中\\n\\""}');
  expect(JSON.parse(text)).toEqual(value);
});

test('JSON keeps the newlines of its own layout', () => {
  expect(plainJson({ a: 1 }, 2)).toBe('{\n  "a": 1\n}');
});

test('any value comes back from JSON as it was, and no sign of its text controls a terminal', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = plainJson(value, 2);

      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(text).toBe(plainText(text));
    }),
  );
});
