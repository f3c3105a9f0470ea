import { expect, test } from 'vitest';
import { describeBlog, dialects, emptyBlog, useBlog } from '../helpers/blog.ts';
import { openDesk } from '../helpers/desk.ts';
import { stateOf } from '../helpers/publications.ts';

for (const dialect of dialects) {
  describeBlog(dialect, `records that cannot be read, on ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));

    test.each([
      ['pushes', 'drop table blogctl_push', /^blogctl: the table blogctl_push is missing in /],
      [
        'history',
        'alter table blogctl_run rename column site to place',
        /^blogctl: the column .*site"? is missing in /,
      ],
    ])('are told by %s in a sentence', async (command, damage, sentence) => {
      await stateOf(blog());
      await blog().rows(damage);
      const desk = await openDesk(`blog: { name: test-blog }\ndatabase: ${blog().url}\n`);

      const end = await desk.blogctl([command]);

      await desk.close();
      expect(end).toMatchObject({ code: 1, stdout: '' });
      expect(end.stderr).toMatch(sentence);
    });
  });
}
