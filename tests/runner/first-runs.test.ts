import { expect, test } from 'vitest';
import { openRunStore } from '../../src/runner/record/store.ts';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';
import { open } from '../resources/database/open-all.ts';

for (const dialect of dialects) {
  describeBlog(dialect, `the first runs of all on ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));

    test('make the tables once, though eight begin at the same moment', async () => {
      const several = await Promise.all(Array.from({ length: 8 }, () => open(blog().url)));

      const stores = await Promise.all(several.map((database) => openRunStore(database)));

      expect(stores).toHaveLength(8);
      expect(await blog().tables()).toContain('blogctl_run');
      for (const database of several) await database.close();
    });
  });
}
