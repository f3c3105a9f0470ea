import { expect, test } from 'vitest';
import fetchFeeds from '../../src/actions/fetch-feeds.ts';
import { describeIzone, dialects, izoneBlog } from '../helpers/blog.ts';
import { readIzone } from '../helpers/izone-oracle.ts';
import { serveIzoneWeb } from '../helpers/izone-web.ts';
import { rowChanges } from '../helpers/row-changes.ts';
import { runAction } from '../helpers/run.ts';

interface Oracle {
  readonly changes: { readonly blog_feedhub: { readonly updated: Record<string, { readonly data: string }> } };
}

for (const dialect of dialects) {
  describeIzone(dialect, `the reference blog's feeds on ${dialect}`, () => {
    test.each([
      ['with the compatibility', { compat: 'izone' }],
      ['without it, since nothing in them is odd', {}],
    ])("come out as izone's own task wrote them %s, save the one that it emptied", async (_, settings) => {
      const blog = await izoneBlog(dialect);
      const web = await serveIzoneWeb(blog);
      const before = await blog.dump();

      const dry = await runAction(fetchFeeds, { blog, settings, dryRun: true });
      const untouched = await blog.dump();
      const run = await runAction(fetchFeeds, { blog, settings });
      const after = await blog.dump();
      await web.stop();
      await blog.close();

      const { 6: emptied, ...updated } = (JSON.parse(readIzone('after/feeds.json')) as Oracle).changes.blog_feedhub
        .updated;
      expect(emptied?.data).toBe('{"entries": []}');
      expect(run).toMatchObject({ status: 'succeeded', error: null });
      expect(untouched).toEqual(before);
      expect(rowChanges(before, after)).toEqual({ blog_feedhub: { updated } });
      expect(run.counts).toMatchObject({ fetched: 6, stored: 4, unchanged: 0, failed: 2, entries: 5 });
      expect(run.findings.map(({ target }) => target)).toEqual(['feed 5 (坏的)', 'feed 6 (没了)']);
      expect(run.findings[0]?.message).toMatch(
        /^ends in the middle, after 1 entry; asked again after 2026-03-18 1[45]:/,
      );
      expect(run.findings[1]?.message).toMatch(/^was not fetched: .*404/);
      expect(dry.counts).toEqual(run.counts);
      expect(dry.findings).toEqual(run.findings);
      expect(dry.changes).toEqual(run.changes);
    });
  });
}
