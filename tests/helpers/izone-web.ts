import { readIzone } from './izone-oracle.ts';
import type { TestBlog } from './blog.ts';
import { startWebServer, type WebServer } from './http-server.ts';

interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** base64 */
  readonly body: string;
}

/** Where the reference blog's links lead. */
const written = 'http://127.0.0.1:18080';

/**
 * Serves the web of the reference blog on a free port, and turns the blog's links, sites and feeds to it. What stands in
 * the answers still names the old address.
 */
export async function serveIzoneWeb(blog: TestBlog): Promise<WebServer> {
  const pages = JSON.parse(readIzone('http.json')) as Record<string, Page>;
  const routes = Object.entries(pages).map(
    ([path, { status, headers, body }]) => [path, { status, headers, body: Buffer.from(body, 'base64') }] as const,
  );
  const web = await startWebServer(Object.fromEntries(routes));
  for (const [table, column] of [
    ['blog_friendlink', 'link'],
    ['webstack_navigationsite', 'link'],
    ['blog_feedhub', 'url'],
  ]) {
    await blog.rows(`update ${table} set ${column} = replace(${column}, '${written}', '${web.url}')`);
  }
  return web;
}
