import type { Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { RawAnswer } from './raw-server.ts';

const endless = 'x'.repeat(64 * 1024);

function pour(socket: Socket, piece: string | Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}

function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => socket.write(text[at++ % text.length] ?? ''), 20);
  socket.on('close', () => clearInterval(timer));
}

function whole(headers: string, body: string | Buffer): RawAnswer {
  return (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`);
    socket.write(body);
  };
}

function says(text: string): RawAnswer {
  return (socket) => void socket.write(text);
}

function saysAndEnds(text: string): RawAnswer {
  return (socket) => void socket.end(text);
}

const page = '<html><title>甲</title>' + 'y'.repeat(3000);
const zeros = Buffer.alloc(50_000_000);
const wholeGzip = gzipSync(Buffer.from(Array.from({ length: 20_000 }, (_, index) => 97 + ((index * index) % 23))));
const halfOfGzip = wholeGzip.subarray(0, wholeGzip.length / 2);

/** Answers that no good server gives, by path. */
export const hostileAnswers: Readonly<Record<string, RawAnswer>> = {
  '/silent': () => undefined,
  '/closes': (socket) => void socket.end(),
  '/resets': (socket) => void socket.resetAndDestroy(),
  '/resets-in-headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-');
    setTimeout(() => socket.resetAndDestroy(), 50);
  },
  '/resets-in-body': (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n${page}`);
    setTimeout(() => socket.resetAndDestroy(), 50);
  },
  '/resets-in-gzip': (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100000\r\n\r\n`);
    socket.write(halfOfGzip);
    setTimeout(() => socket.resetAndDestroy(), 50);
  },
  '/short-gzip': (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100000\r\n\r\n`);
    socket.end(halfOfGzip);
  },
  '/endless-body': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    pour(socket, endless);
  },
  '/endless-chunks': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
    pour(socket, `10000\r\n${endless}\r\n`);
  },
  '/endless-error': (socket) => {
    socket.write('HTTP/1.1 404 Not Found\r\n\r\n');
    pour(socket, endless);
  },
  '/ten-megabytes': whole('', Buffer.alloc(10_000_000, 'z')),
  '/dripping-body': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nbegun ');
    drip(socket, 'drop ');
  },
  '/dripping-headers': (socket) => drip(socket, 'HTTP/1.1 200 OK\r\nX-A: b\r\nX-C: ddddddddddddddddddddddddddddddddd'),
  '/endless-header': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nX-Long: ');
    pour(socket, endless);
  },
  '/endless-headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    pour(socket, 'X-Another: value\r\n'.repeat(1000));
  },
  '/megabyte-of-headers': saysAndEnds(`HTTP/1.1 200 OK\r\nX-Long: ${'h'.repeat(1_000_000)}\r\n\r\nbody`),
  '/endless-status-line': (socket) => {
    socket.write('HTTP/1.1 200 ');
    pour(socket, endless);
  },
  '/thousand-cookies': saysAndEnds(
    `HTTP/1.1 200 OK\r\n${'Set-Cookie: a=1; Path=/; HttpOnly\r\n'.repeat(1000)}\r\nbody`,
  ),
  '/short': saysAndEnds(`HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n${page}`),
  '/long': saysAndEnds(`HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n${page}`),
  '/no-length': saysAndEnds(`HTTP/1.1 200 OK\r\n\r\n${page}`),
  '/http-1.0': saysAndEnds(`HTTP/1.0 200 OK\r\nServer: old\r\n\r\n${page}`),
  '/http-0.9': saysAndEnds(page),
  '/http-3': saysAndEnds(`HTTP/3.7 200 OK\r\n\r\n${page}`),
  '/status-0': saysAndEnds('HTTP/1.1 000 No\r\nConnection: close\r\n\r\n'),
  '/junk': saysAndEnds('\x00\x01\x02\xff\xfe'.repeat(100)),
  '/ssh': saysAndEnds('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'),
  '/no-reason': saysAndEnds('HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok'),
  '/bare-newlines': saysAndEnds('HTTP/1.1 200 OK\nContent-Length: 2\n\nok'),
  '/two-lengths': saysAndEnds('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok!'),
  '/negative-length': saysAndEnds('HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok!'),
  '/huge-length': saysAndEnds(`HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999\r\n\r\n${page}`),
  '/chunked-junk': saysAndEnds(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegun\r\nno number\r\n`),
  '/huge-chunk': says('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx'),
  '/endless-chunk-extension': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;');
    pour(socket, endless);
  },
  '/endless-trailers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegun\r\n0\r\n');
    pour(socket, 'X-Another: value\r\n'.repeat(1000));
  },
  '/early-hints': says(
    'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  ),
  '/informational-flood': (socket) => pour(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)),
  '/continue': says('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'),
  '/upgrade': says('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x02hi'),
  '/204-with-body': says(`HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello`),
  '/304-with-body': says(`HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello`),
  '/second-answer': says('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n'),
  '/strange-header-names': saysAndEnds(
    'HTTP/1.1 200 OK\r\n__proto__: x\r\nconstructor: y\r\nContent-Length: 2\r\n\r\nok',
  ),
  '/gzip': whole('Content-Encoding: gzip\r\n', gzipSync(page)),
  '/x-gzip': whole('Content-Encoding: X-GZip\r\n', gzipSync(page)),
  '/deflate': whole('Content-Encoding: deflate\r\n', deflateSync(page)),
  '/bare-deflate': whole('Content-Encoding: deflate\r\n', deflateRawSync(page)),
  '/brotli': whole('Content-Encoding: br\r\n', brotliCompressSync(page)),
  '/gzip-twice': whole('Content-Encoding: gzip, gzip\r\n', gzipSync(gzipSync(page))),
  '/brotli-in-gzip': whole('Content-Encoding: br\r\nContent-Encoding: gzip\r\n', gzipSync(brotliCompressSync(page))),
  '/gzip-in-parts': whole('Content-Encoding: gzip\r\n', Buffer.concat([gzipSync(page), gzipSync('and more')])),
  '/gzip-that-is-none': whole('Content-Encoding: gzip\r\n', page),
  '/gzip-of-nothing': whole('Content-Encoding: gzip\r\n', ''),
  '/identity': whole('Content-Encoding: identity\r\n', page),
  '/truncated-gzip': whole('Content-Encoding: gzip\r\n', halfOfGzip),
  '/broken-gzip': (socket, asked) => {
    const body = gzipSync(page);
    whole('Content-Encoding: gzip\r\n', Buffer.concat([body.subarray(0, 20), Buffer.alloc(500, 255)]))(socket, asked);
  },
  '/zstd': whole('Content-Encoding: zstd\r\n', 'whatever'),
  '/four-times': whole('Content-Encoding: gzip, gzip, gzip, gzip\r\n', gzipSync(gzipSync(gzipSync(gzipSync(page))))),
  '/gzip-bomb': whole('Content-Encoding: gzip\r\n', gzipSync(zeros)),
  '/gzip-bomb-twice': whole('Content-Encoding: gzip, gzip\r\n', gzipSync(gzipSync(zeros))),
  '/brotli-bomb': whole('Content-Encoding: br\r\n', brotliCompressSync(zeros)),
};
