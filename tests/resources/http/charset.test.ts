import { describe, expect, onTestFinished, test } from 'vitest';
import { openBodyDecoder } from '../../../src/resources/http/text-decoder.ts';
import { startRawServer } from '../../helpers/raw-server.ts';
import { testClient } from '../../helpers/web-client.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

// 中文字，你好 in each.
const chinese: Readonly<Record<string, Buffer>> = {
  gbk: hex('d6d0 cec4 d7d6 a3ac c4e3 bac3'),
  big5: hex('a4a4 a4e5 a672 a141 a741 a66e'),
  utf8: Buffer.from('中文字，你好'),
};
const said = '中文字，你好';
const japanese = {
  text: '日本語のテキストです。',
  shiftJis: hex('93fa967b8cea82cc83658 34c 8358 8367 82c5 82b7 8142'),
  eucJp: hex('c6fccbdcb8eca4cea5c6a5ada5b9a5c8a4c7a4b9a1a3'),
};

function page(head: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`<html><head>${head}<title>`), bytes, Buffer.from('</title>')]);
}

/** Read as one piece, and byte by byte. */
function decoded(body: Uint8Array, contentType = 'text/html'): string {
  const [whole, single] = [openBodyDecoder(contentType), openBodyDecoder(contentType)];
  const text = whole.write(body) + whole.end(true);
  let parts = '';
  for (const byte of body) parts += single.write(Uint8Array.of(byte));
  expect(parts + single.end(true)).toBe(text);
  return text;
}

describe('the characters of a page are read as a browser reads them', () => {
  test.each<[string, Buffer, string?]>([
    ['the header says gbk', page('', chinese['gbk']!), 'text/html; charset=gbk'],
    ['the header says "GB2312" in quotes', page('', chinese['gbk']!), 'text/html;charset="GB2312"'],
    ['the header says gb18030', page('', chinese['gbk']!), 'text/html; charset = gb18030'],
    ['the header says big5', page('', chinese['big5']!), 'text/html; charset=Big5-HKSCS'],
    ['the header says utf8', page('', chinese['utf8']!), 'text/html; charset=utf8'],
    ['the header beats the page', page('<meta charset=utf-8>', chinese['gbk']!), 'text/html; charset=gbk'],
    ['the page says gb2312', page('<meta charset="gb2312">', chinese['gbk']!)],
    ['the page says it bare', page('<meta charset=gbk>', chinese['gbk']!)],
    [
      'the page says it as http-equiv',
      page('<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />', chinese['gbk']!),
    ],
    [
      'the page says it turned around',
      page("<META content='text/html;charset=big5' http-equiv='content-type'>", chinese['big5']!),
    ],
    [
      'the page says something else in a comment',
      page('<!-- <meta charset=utf-8> --><meta charset=gbk>', chinese['gbk']!),
    ],
    [
      'the header says nonsense, and the page gbk',
      page('<meta charset=gbk>', chinese['gbk']!),
      'text/html; charset=none',
    ],
    [
      'the header says UTF-7, which nobody reads',
      page('<meta charset=gbk>', chinese['gbk']!),
      'text/html; charset=utf-7',
    ],
    ['the page says UTF-16, which it cannot be', page('<meta charset=utf-16le>', chinese['utf8']!)],
    [
      'the XML declaration says GBK',
      Buffer.concat([Buffer.from('<?xml version="1.0" encoding="GBK"?><t>'), chinese['gbk']!]),
    ],
    ['nobody says anything, and it is UTF-8', page('', chinese['utf8']!)],
    ['nobody says anything, and it is GBK', page('', Buffer.concat(Array.from({ length: 30 }, () => chinese['gbk']!)))],
    ['nobody says anything, and it is a little GBK', page('', chinese['gbk']!)],
    ['JSON is UTF-8 whatever it says', Buffer.from(JSON.stringify({ said })), 'application/feed+json; charset=gbk'],
    [
      'a mark says UTF-8, and beats the header',
      Buffer.concat([hex('efbbbf'), chinese['utf8']!]),
      'text/html; charset=gbk',
    ],
    ['a mark says UTF-16 LE', Buffer.concat([hex('fffe'), Buffer.from(said, 'utf16le')])],
    ['a mark says UTF-16 BE', Buffer.concat([hex('feff'), Buffer.from(said, 'utf16le').swap16()])],
    ['the header says UTF-16', Buffer.from(said, 'utf16le'), 'text/html; charset=utf-16'],
    ['an XML declaration in UTF-16 without a mark', Buffer.from(`<?xml version="1.0"?><t>${said}`, 'utf16le')],
  ])('%s', (_, body, contentType) => {
    const text = decoded(body, contentType);

    expect(text).toContain(said);
    expect(text).not.toMatch(/[\ufffd\ufeff]/);
  });

  test.each([
    ['Shift_JIS', page('', Buffer.concat(Array.from({ length: 20 }, () => japanese.shiftJis)))],
    ['EUC-JP', page('', Buffer.concat(Array.from({ length: 20 }, () => japanese.eucJp)))],
    ['Shift_JIS in its header', page('<meta charset=sjis>', japanese.shiftJis)],
  ])('Japanese in %s', (_, body) => {
    expect(decoded(body)).toContain(japanese.text);
  });

  test('characters beyond GBK are read where the page says GBK, as all browsers do', () => {
    const body = page('<meta charset=gbk>', hex('8130 8130 9439 da33'));

    expect(decoded(body)).toContain('\u0080\u{1f4a9}');
  });

  test('windows-1252 has its euro sign and its quotes, also by the name of latin1', () => {
    const bytes = hex('80 93 41 94 96 e9 99');

    expect(decoded(bytes, 'text/plain; charset=windows-1252')).toBe('€“A”–é™');
    expect(decoded(bytes, 'text/plain; charset=iso-8859-1')).toBe('€“A”–é™');
  });

  test('a page says in its first kilobyte what it is, and not later', () => {
    const late = page(`${' '.repeat(1100)}<meta charset=big5>`, chinese['utf8']!);

    expect(decoded(late)).toContain(said);
  });

  test('what is no character becomes one mark, and hides nothing that comes after it', () => {
    expect(
      decoded(Buffer.concat([Buffer.from('a'), hex('ff fe fd'), Buffer.from('<b>')]), 'text/html; charset=utf-8'),
    ).toBe('a\ufffd\ufffd\ufffd<b>');
    expect(decoded(Buffer.concat([hex('81'), Buffer.from('<b>中')]), 'text/html; charset=gbk')).toContain('<b>');
  });

  test('half a character at the end is a broken one, and none where more would have come', () => {
    const [over, cut] = [openBodyDecoder('text/plain; charset=utf-8'), openBodyDecoder('text/plain; charset=utf-8')];
    const half = Buffer.from('中').subarray(0, 2);

    expect(over.write(Buffer.concat([Buffer.from('long enough'), half])) + over.end(true)).toBe('long enough\ufffd');
    expect(cut.write(Buffer.concat([Buffer.from('long enough'), half])) + cut.end(false)).toBe('long enough');
  });
});

test('a GBK page in small pieces over the wire is read', async () => {
  const body = page('<meta charset=gbk>', chinese['gbk']!);
  const server = await startRawServer({
    '/': (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\n\r\n`);
      for (const [at] of body.entries()) setTimeout(() => socket.write(body.subarray(at, at + 1)), at);
    },
  });
  onTestFinished(() => server.stop());
  const http = await testClient();

  const answer = await http.get(server.url);

  expect(answer).toMatchObject({ isWhole: true, text: expect.stringContaining(said) });
});
