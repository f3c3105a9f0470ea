import { expect, test } from 'vitest';
import { isMailAddress } from '../../../src/resources/notify/mail-address.ts';
import { parseSmtpUrl } from '../../../src/resources/notify/smtp-url.ts';

const nobody = { user: null, password: null };

test.each([
  ['smtps://smtp.example.com', { host: 'smtp.example.com', port: 465, tls: 'at-once', ...nobody }],
  ['smtps://u:p%40ss%2F@smtp.example.com:1465', { port: 1465, tls: 'at-once', user: 'u', password: 'p@ss/' }],
  ['smtps://me%40example.com:p@smtp.example.com', { user: 'me@example.com', password: 'p' }],
  ['smtp+starttls://smtp.example.com', { port: 587, tls: 'required', ...nobody }],
  ['smtp://relay.example.com', { port: 25, tls: 'offered', ...nobody }],
  ['smtp://relay.example.com?requireTls=true', { port: 25, tls: 'required' }],
  ['smtp://u:p@relay.example.com', { port: 587, tls: 'required', user: 'u' }],
  ['smtp://u:p@relay.example.com?requireTls=false', { port: 587, tls: 'offered' }],
  ['smtp://127.0.0.1', { host: '127.0.0.1', port: 25, tls: 'never' }],
  ['smtp://localhost:1025', { port: 1025, tls: 'never' }],
  ['smtp://[::1]', { host: '::1', tls: 'never' }],
  ['smtp+starttls://localhost', { tls: 'required' }],
])('%s', (text, server) => {
  expect(parseSmtpUrl(text)).toMatchObject(server);
});

test.each([
  ['mail.example.com', 'expected the address of a mail server: smtps://'],
  ['http://u:s3cret@mail.example.com', 'expected the address of a mail server: smtps://'],
  ['smtps://', 'names no host'],
  ['smtps://u:s3c/ret@mail.example.com', 'expected the address of a mail server'],
  ['smtps://mail.example.com/s3cret', 'has something behind its host'],
  ['smtps://:s3cret@mail.example.com', 'has a password but no user'],
  ['smtps://u:s3cret%@mail.example.com', 'a % that begins no character'],
  ['smtp://mail.example.com?tls=no', 'knows only ?requireTls'],
  ['smtp://mail.example.com?requireTls=yes', 'requireTls: expected true or false'],
])('%s is none, and is not shown', (text, message) => {
  const parse = (): unknown => parseSmtpUrl(text);

  expect(parse).toThrow(message);
  expect(parse).not.toThrow(/s3c/);
});

test.each([
  ['you@example.com', true],
  ['Name <you@example.com>', true],
  ['博客 <you@例子.中国>', true],
  ['you', false],
  ['you@example.com, other@example.com', false],
  ['a@b.c\nBcc: d@e.f', false],
  ['Name <you@example.com>\r\nBcc: x@y.z', false],
  ['<a@b>c', false],
])('%j is one mail address: %s', (text, expected) => {
  expect(isMailAddress(text)).toBe(expected);
});
