// The web of the bench: `tsx bench/links/server.ts`, says its port on standard output. Answers this machine alone.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostOf, kindOf, latencyMs, links } from './schedule.ts';

const page = `<html><head><title>site</title></head><body>${'x'.repeat(30_000)}<a href="https://blog.example/">me</a></body></html>`;
const piece = Buffer.alloc(64 * 1024, 'y');
const pieces = 320;
const rested = new Set<number>();
// How many requests are under way, and how many were at most.
let [open, peak] = [0, 0];

const server = createServer((request, response) => {
  const { url = '' } = request;
  if (request.socket.remoteAddress?.startsWith('127.') !== true) return void request.socket.destroy();
  if (url === '/peak') return void html(response, 200, String(peak));
  if (url === '/reset') {
    rested.clear();
    peak = 0;
  }
  if (url === '/list') return void html(response, 200, list());
  const [, link] = /^\/u\/(\d+)/.exec(url) ?? [];
  if (link === undefined) return void html(response, 404, '');
  peak = Math.max(peak, ++open);
  response.once('close', () => open--);
  setTimeout(answer, latencyMs(Number(link)), Number(link), request, response);
});

function answer(link: number, request: IncomingMessage, response: ServerResponse): void {
  const kind = kindOf(link);
  const body = request.method === 'HEAD' ? '' : page;
  if (kind === 'hang') return;
  if (kind === 'reset') return void request.socket.resetAndDestroy();
  if (kind === 'redirect' && request.url?.includes('?') !== true) {
    return void response.writeHead(302, { location: `/u/${link}?again` }).end();
  }
  if (kind === 'busy' && !rested.has(link)) {
    rested.add(link);
    return void response.writeHead(429, { 'retry-after': '1' }).end();
  }
  if (kind === 'stream' && request.method !== 'HEAD') return stream(response);
  html(response, kind === 'missing' ? 404 : kind === 'error' ? 500 : 200, body);
}

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end(body);
}

function stream(response: ServerResponse): void {
  let sent = 0;
  const more = (): void => {
    while (sent++ < pieces) if (!response.write(piece)) return;
    response.end();
  };
  response.writeHead(200, { 'content-type': 'text/html' }).on('drain', more);
  more();
}

function list(): string {
  const { port } = server.address() as AddressInfo;
  const all = Array.from(
    { length: links },
    (_, link) => `<a href="http://${hostOf(link)}:${port}/u/${link}">${link}</a>`,
  );
  return `<html><body>${all.join('\n')}</body></html>`;
}

server.listen(0, '0.0.0.0', 4096, () => console.log((server.address() as AddressInfo).port));
