import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keepChecks, type Check } from '../../src/blog/checks.ts';
import { pushLedger } from '../../src/blog/pushes.ts';
import type { OpenDatabase } from '../../src/core/database.ts';
import { ensureTables } from '../../src/runner/tables/ensure.ts';
import { describeBlog, emptyBlog, useBlog } from '../helpers/blog.ts';
import { open } from '../resources/database/open-all.ts';

const at = '2026-03-18T06:05:09.000Z';
const sites = ['hill', 'lake', 'wood'];
const rounds = 40;

// In SQLite one writes after the other, and of two in one process neither would.
for (const dialect of ['mysql', 'postgres'] as const) {
  describeBlog(dialect, `several blogs with one state database on ${dialect}`, () => {
    const blog = useBlog(() => emptyBlog(dialect));
    let states: OpenDatabase[];
    beforeAll(async () => {
      states = await Promise.all(sites.map(() => open(blog().url)));
      await ensureTables(states[0] as OpenDatabase, states[0] as OpenDatabase);
    });
    afterAll(() => Promise.all(states.map((state) => state.close())));
    beforeEach(async () => {
      await blog().query.deleteFrom('blogctl_check').execute();
      await blog().query.deleteFrom('blogctl_push_engine').execute();
    });

    // Each of them keeps for the first time in each round: locks on rows that are not there yet would meet.
    const together = async (keep: (state: OpenDatabase, site: string) => Promise<void>): Promise<void> => {
      for (let round = 0; round < rounds; round++) {
        await Promise.all(states.map((state, index) => keep(state, `${sites[index]}-${round}`)));
      }
    };

    test('keep what they have seen at the same moment', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => index + 1);

      await together((state, site) =>
        keepChecks(
          state,
          ids.map((id) => checkOf(site, id)),
        ),
      );

      expect(await rowsOf('blogctl_check')).toBe(ids.length * sites.length * rounds);
    });

    test('keep how their search engines do at the same moment, and again', async () => {
      const keep = async (state: OpenDatabase, site: string, failures: number): Promise<void> =>
        pushLedger(state, site, 'baidu').keepEngine({ ...engine, failures });

      await together((state, site) => keep(state, site, 1));
      await together((state, site) => keep(state, site, 2));

      const kept = await blog().query.selectFrom('blogctl_push_engine').select('failures').execute();
      expect(kept.map(({ failures }) => failures)).toEqual(Array<number>(sites.length * rounds).fill(2));
    });

    async function rowsOf(table: 'blogctl_check'): Promise<number> {
      return (await blog().query.selectFrom(table).select('target_id').execute()).length;
    }
  });
}

const engine = {
  origin: 'https://blog.example.test',
  closed_until: null,
  closed_because: null,
  reason: null,
  remain: null,
  remain_day: null,
  settings: 's',
  pending_settings: null,
} as const;

function checkOf(site: string, id: number): Check {
  return {
    site,
    kind: 'friend',
    target_id: id,
    link: 'https://friend.example',
    state: 'ok',
    failures: 0,
    successes: 0,
    failing_since: null,
    checked_at: at,
    ok_at: at,
    due_at: null,
    data: '{}',
  };
}
