import { defineCommand } from '../runner/command.ts';
import { cancelPublications } from '../runner/publications/cancel.ts';
import { showPublications } from '../runner/publications/list.ts';
import { planPublication } from '../runner/publications/plan.ts';

export default defineCommand({
  summary: 'plan when a draft is to be published',
  details: [
    'Keeps a list of drafts and the hours at which they are to come out. The action publish-due, which cron runs each',
    "minute, publishes them. Times are those of the blog's zone.",
  ].join(' '),
  examples: [
    { command: 'blogctl schedule publish my-slug --at "2026-12-01 08:00"', meaning: 'plan a draft' },
    { command: 'blogctl schedule list', meaning: 'what is planned' },
  ],
  subcommands: {
    publish: defineCommand({
      summary: 'plan a draft for an hour',
      details: [
        "Plans a draft, by id or slug. The time is one of the blog's zone, or has an offset of its own; of an hour that",
        'comes twice, because the clocks are set back, the first is taken. An article has one plan: --move changes it.',
      ].join(' '),
      examples: [
        {
          command: 'blogctl schedule publish 12 --at "2026-12-01 08:00"',
          meaning: "plan article 12, in the blog's zone",
        },
        { command: 'blogctl schedule publish my-slug --at 2026-12-01T00:00Z', meaning: 'the same hour, told in UTC' },
        { command: 'blogctl schedule publish 12 --at "2026-12-02 08:00" --move', meaning: 'take another hour' },
      ],
      operands: [{ name: '<article...>', description: 'one draft, by id or slug' }],
      flags: [
        { flags: '--at <time>', description: 'when, such as "2026-12-01 08:00"' },
        { flags: '--move', description: 'change the hour of an article that is planned already' },
      ],
      run: planPublication,
    }),
    list: defineCommand({
      summary: 'show what is planned',
      details: "Lists the plans that wait, soonest first, in the blog's zone; with --all also those that have ended.",
      examples: [{ command: 'blogctl schedule list --all', meaning: 'what is planned, and what became of the rest' }],
      flags: [{ flags: '--all', description: 'also what was published, cancelled or has failed' }],
      run: showPublications,
    }),
    cancel: defineCommand({
      summary: 'cancel what is planned',
      details: "Ends the plan of an article, by the article's id or slug or by the plan's number (quoted: '#3').",
      examples: [
        { command: 'blogctl schedule cancel my-slug', meaning: 'the article stays a draft' },
        { command: "blogctl schedule cancel '#3' 12 --dry-run", meaning: 'show what would be cancelled' },
      ],
      operands: [{ name: '<article...>', description: "articles by id or slug, plans as '#3'" }],
      run: cancelPublications,
    }),
  },
});
