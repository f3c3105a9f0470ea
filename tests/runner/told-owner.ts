import { beforeEach } from 'vitest';
import { emptyBlog, useBlog } from '../helpers/blog.ts';
import { startWebServer, type WebServer } from '../helpers/http-server.ts';
import { dropOwnTables } from './job.ts';

/** What a webhook of the owner's got. */
interface Told {
  readonly path: string;
  readonly subject: string;
  readonly body: string;
  readonly about: string;
}

/** A blog without tables of ours and a server of webhooks, made anew for each test. */
export function useToldOwner(dialect: Parameters<typeof emptyBlog>[0]) {
  const blog = useBlog(() => emptyBlog(dialect));
  let web: WebServer;
  beforeEach(async () => {
    await dropOwnTables(blog());
    web = await startWebServer({ '*': { body: '{}' } });
    return () => web.stop();
  });

  return {
    blog,
    web: () => web,
    /** What arrived since it was last asked. */
    told: (): Told[] =>
      (web.requests as WebServer['requests'][number][])
        .splice(0)
        .map(({ path, body }) => ({ path, ...(JSON.parse(body.toString()) as Omit<Told, 'path'>) })),
  };
}
