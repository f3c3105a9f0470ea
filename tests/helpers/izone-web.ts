import { startWebServer, type WebRoutes, type WebServer } from './http-server.ts';
import type { TestBlog } from './blog.ts';
import { readIzone } from './izone-oracle.ts';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body: string;
}

/** Where the reference blog's own links lead. */
const writtenHost = '127.0.0.1:18080';

/**
 * Serves the web that the reference blog's links and feeds point to, at a free port, and has the blog's rows point there:
 * several suites may do so at the same time.
 */
export async function serveIzoneWeb(blog: TestBlog): Promise<WebServer> {
  const replies = Object.entries(JSON.parse(readIzone('http.json')) as Record<string, Reply>);
  const routes: WebRoutes = Object.fromEntries(
    replies.map(([path, { body, ...reply }]) => [path, { ...reply, body: Buffer.from(body, 'base64') }]),
  );
  const web = await startWebServer(routes);
  const columns = { blog_friendlink: 'link', webstack_navigationsite: 'link', blog_feedhub: 'url' } as const;
  for (const [table, column] of Object.entries(columns)) {
    const there = `replace(${column}, '${writtenHost}/', '127.0.0.1:${web.port}/')`;
    await blog.rows(`update ${table} set ${column} = ${there}`);
  }
  return web;
}
