import { blogAddress } from '../blog/addresses.ts';
import { defineAction } from '../core/action.ts';
import { ConfigurationError, UpstreamError } from '../core/errors.ts';
import type { Finding, Outcome } from '../core/outcome.ts';
import { openBaidu } from './pushing/baidu.ts';
import { articleCatalog } from './pushing/catalog.ts';
import type { Engine, PushContext } from './pushing/engine.ts';
import { openIndexNow } from './pushing/index-now.ts';
import type { Catalog } from './pushing/plan.ts';
import { openPreCheck } from './pushing/pre-check.ts';
import { pushTo, type EngineCounts, type PushEnd } from './pushing/push.ts';
import { pushSettings } from './pushing/settings.ts';
import { sitemapCatalog } from './pushing/sitemap-catalog.ts';

const mostFailures = 5;
const mostLogged = 20;

export default defineAction({
  summary: 'tell Baidu and IndexNow of new and changed articles',
  details: [
    'Sends the addresses of articles that are new or were changed since the engine took them, each once: a ledger knows what',
    "was taken when. New ones go first, the newest and the hottest before others. Baidu's daily quota is kept to, and what",
    'it leaves goes on the next day. IndexNow is also told of articles that are no more. Before an address is sent it is',
    'looked at: it must answer, be its own canonical address, and be allowed to robots. The first push takes what is older',
    'than --since for known; --all sends everything, also from a --sitemap. A run that is killed loses nothing: what was on',
    'its way is sent once more.',
  ].join(' '),
  examples: [
    { command: 'blogctl push-urls', meaning: 'send what is new' },
    { command: 'blogctl push-urls --dry-run', meaning: 'show what would go to which engine' },
    { command: 'blogctl push-urls --all --limit 500', meaning: 'begin with all articles of a new site' },
    {
      command: 'blogctl push-urls --all --sitemap https://blog.example.test/sitemap.xml',
      meaning: 'with all its pages',
    },
  ],
  schedule: '52 * * * *',
  needs: ['baiduToken', 'indexNowKey'],
  settings: pushSettings,
  uses: ['db', 'state', 'http', 'files'],
  timeout: '30m',

  async run(context) {
    const database = await context.db();
    const state = await context.state();
    const http = await context.http();
    const origin = await blogAddress(database, context.blog);
    if (origin === null) {
      throw new ConfigurationError(
        `the blog has no address: its row ${context.blog.siteId} of django_site holds none`,
        {
          hint: 'Write it into the configuration: blog: { url: https://blog.example.test }.',
        },
      );
    }
    const engines = await enginesOf(context, http, origin);
    const findings: Finding[] = [];
    let catalog: Catalog = await articleCatalog(context, database, state, origin, findings);
    if (context.settings.sitemap !== undefined) {
      const articles = catalog.addresses;
      const listed = await sitemapCatalog(context, http, { place: context.settings.sitemap, origin }, findings);
      // What the blog's own rows say of an article is better than what a sitemap says.
      const known = [...listed.addresses].map(([url, address]) => [url, articles.get(url) ?? address] as const);
      catalog = { ...listed, addresses: new Map(known) };
    }
    const preCheck = context.settings.preCheck ? openPreCheck(context, http, origin) : null;
    const all = engines.map((engine) => ({ engine, counts: noCounts() }));
    const counts = (): Outcome['counts'] => flat(all, preCheck?.checked() ?? 0);
    context.soFar(counts);
    const ends: PushEnd[] = [];
    for (const { engine, counts: own } of all) {
      ends.push(await pushTo(context, state, engine, { origin, catalog, preCheck, findings, counts: own }));
    }
    failWhereNeeded(context, engines, ends, findings);
    const isUndecided = ends.some(({ isLeftAlone }) => isLeftAlone);
    return { summary: ends.map(({ text }) => text).join('; '), counts: counts(), findings, isUndecided };
  },
});

async function enginesOf(context: PushContext, http: Awaited<ReturnType<PushContext['http']>>, origin: string) {
  const open = [await openBaidu(context, http, origin), await openIndexNow(context, http, origin)];
  const engines = open.filter((engine) => engine !== null);
  if (engines.length > 0) return engines;
  throw new ConfigurationError('push-urls knows no search engine to push to', {
    hint: 'Write into the configuration: jobs: { push-urls: { baiduToken: "${file:/etc/blogctl/baidu-token}" } }, or indexNowKey.',
  });
}

// The other engine has been served by now; what was found on the way would be lost with the outcome.
function failWhereNeeded(
  { log }: PushContext,
  engines: readonly Engine[],
  ends: readonly PushEnd[],
  findings: readonly Finding[],
): void {
  const told = (is: (end: PushEnd) => boolean): string =>
    engines
      .flatMap(({ title }, index) => {
        const end = ends[index];
        return end?.closing != null && is(end) ? [`${title}: ${end.closing.reason}`] : [];
      })
      .join('\n');
  const wrong = told(({ closing }) => closing?.outcome === 'configuration');
  const broken = told(({ closing, failures }) => closing?.outcome === 'trouble' && failures >= mostFailures);
  if (wrong === '' && broken === '') return;
  for (const { kind, target, message } of findings.slice(0, mostLogged)) log.warn(kind, { target, message });
  if (wrong !== '') {
    throw new ConfigurationError(wrong, {
      hint: 'Nothing is lost: the addresses wait in the ledger (blogctl pushes).',
    });
  }
  throw new UpstreamError(`for ${mostFailures} times or more in a row: ${broken}`);
}

function noCounts(): EngineCounts {
  return { candidates: 0, accepted: 0, refused: 0, unfit: 0, waiting: 0, known: 0, closed: 0 };
}

// `baiduAccepted`, `indexNowWaiting` …
function flat(all: readonly { engine: Engine; counts: EngineCounts }[], checked: number): Outcome['counts'] {
  const entries = all.flatMap(({ engine, counts }) =>
    Object.entries(counts).map(([name, count]) => [
      `${engine.prefix}${name[0]?.toUpperCase()}${name.slice(1)}`,
      count as number,
    ]),
  );
  return { checked, ...Object.fromEntries(entries) };
}
