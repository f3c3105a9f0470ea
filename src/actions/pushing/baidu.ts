import { ConfigurationError } from '../../core/errors.ts';
import type { Http, HttpAnswer } from '../../core/http.ts';
import { pause } from '../../core/pause.ts';
import { plainText } from '../../core/plain-text.ts';
import { createRedactor } from '../../core/redact.ts';
import { sha256 } from '../../core/sha256.ts';
import { inTrouble, misconfigured, postTo, reasonOf, type Engine, type PushContext, type Receipt } from './engine.ts';

const mostAtOnce = 2000;
const retryPauseMs = 500;
// What is cut off because it is longer is none of Baidu's answers.
const longestJson = 1_000_000;

/**
 * Baidu's ordinary push (普通收录, API 提交): addresses, one a line, to `…/urls?site=…&token=…`. Null where no token is given.
 * @param origin the blog's address
 */
export async function openBaidu(context: PushContext, http: Http, origin: string): Promise<Engine | null> {
  const { baiduToken: token, baiduSite, baiduEndpoint: endpoint } = context.settings;
  if (token === undefined || endpoint === undefined) {
    if (baiduSite === undefined) return null;
    throw new ConfigurationError('baiduSite is given, but no baiduToken: Baidu takes nothing without it');
  }
  const site = baiduSite ?? origin;
  requireOwnSite(site, origin);
  const { add, clean } = createRedactor();
  add([token]);
  const url = `${endpoint}?site=${encodeURIComponent(site)}&token=${token}`;
  return {
    name: 'baidu',
    title: 'Baidu',
    prefix: 'baidu',
    robot: 'baiduspider',
    mostAtOnce,
    hasQuota: true,
    takesGone: false,
    settings: (await sha256(JSON.stringify([token, site, endpoint]))).slice(0, 16),
    refusal: () => null,
    prepare: async () => null,
    send: async (urls) => {
      const request = { url, type: 'text/plain; charset=utf-8', body: urls.join('\n') };
      let answer = await postTo(http, context, request);
      // Its own documentation says that a second try usually succeeds.
      if (answer.status !== null && answer.status >= 500) {
        await pause(retryPauseMs, context.signal);
        answer = await postTo(http, context, request);
      }
      // Whatever a server says is shown and goes into the ledger: not the token that it was sent. Before a message is cut,
      // and once it is read, since JSON has more than one way to write a letter.
      const text = answer.text === null ? null : clean(answer.text);
      const receipt = readBaiduAnswer({ ...answer, text }, urls, site);
      return receipt.outcome === 'taken' ? receipt : { ...receipt, reason: clean(receipt.reason) };
    },
  };
}

// `www.example.com`, or with a protocol, as the console has it.
function requireOwnSite(site: string, origin: string): void {
  const { host } = new URL(origin);
  const named = `http://${site.replace(/^https?:\/\//i, '')}`;
  const ownHost = URL.canParse(named) ? new URL(named).host : '';
  if (ownHost !== '' && (host === ownHost || host.endsWith(`.${ownHost}`))) return;
  throw new ConfigurationError(
    `baiduSite is ${site}, but the blog is at ${origin}: Baidu would refuse all its addresses`,
    {
      hint: 'Correct baiduSite, or blog.url.',
    },
  );
}

/** What an answer of Baidu's means. */
export function readBaiduAnswer(answer: HttpAnswer, urls: readonly string[], site: string): Receipt {
  const body = objectOf(answer.text);
  const { status } = answer;
  if (status === null) return inTrouble(reasonOf(answer), answer);
  const error = numberOf(body['error']) ?? (status >= 300 ? status : null);
  if (error !== null) return refusalOf(answer, error, textOf(body['message']), site);
  const success = numberOf(body['success']);
  if (success === null) {
    const isBrokenOff = !answer.isWhole && (answer.text ?? '').length < longestJson;
    return inTrouble(isBrokenOff ? reasonOf(answer) : 'its answer is not the JSON that was expected', answer);
  }
  const foreign = namedAmong(urls, body['not_same_site']);
  const mustBe = 'http or https, www or not, must be as verified there';
  if (success === 0 && textsOf(body['not_same_site']).length > 0) {
    const named = textsOf(body['not_same_site']);
    const example = plainText(named[0] ?? '').slice(0, 200);
    const are = named.length === 1 ? '1 address is' : `${named.length} addresses are`;
    const closing = misconfigured(`${are} none of the site ${site}, such as ${example}: ${mustBe}`);
    return foreign.size > 0 ? { ...closing, isOfAddresses: true } : closing;
  }
  const refused = new Map([
    ...[...namedAmong(urls, body['not_valid'])].map((url) => [url, 'Baidu says that it is not valid'] as const),
    ...[...foreign].map((url) => [url, `it is none of the site ${site}: ${mustBe}`] as const),
  ]);
  const taken = urls.length - refused.size;
  if (success === 0 && taken > 0) return inTrouble('it took none of the addresses and does not say why', answer);
  const remark =
    success === taken
      ? null
      : `${taken} ${taken === 1 ? 'address' : 'addresses'} should have been taken, but it speaks of ${success}`;
  return { outcome: 'taken', refused, foreign, remain: numberOf(body['remain']), remark, isPending: false };
}

function refusalOf(answer: HttpAnswer, error: number, message: string, site: string): Receipt {
  const said = message === '' ? reasonOf(answer) : `${error} "${message}"`;
  if (/over quota/i.test(message))
    return { outcome: 'quota', reason: "the day's quota is used up", retryAfterMs: null };
  if (error === 401 || /token/i.test(message)) {
    return misconfigured(`it does not accept the token (${said}): copy it again from ziyuan.baidu.com into baiduToken`);
  }
  if (/site/i.test(message)) {
    return misconfigured(
      `it does not know the site ${site} (${said}): verify it at ziyuan.baidu.com, or correct baiduSite`,
    );
  }
  if (error < 400) return misconfigured(`it answers with a redirect (${said}): correct baiduEndpoint`);
  if (error === 404 || error === 405) return misconfigured(`there is nothing at baiduEndpoint (${said})`);
  return inTrouble(`it answers ${said}`, answer);
}

function objectOf(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

// It may write Chinese where we wrote percents.
function namedAmong(urls: readonly string[], list: unknown): ReadonlySet<string> {
  const named = new Set(textsOf(list).map((text) => (URL.canParse(text) ? new URL(text).href : text)));
  return new Set(urls.filter((url) => named.has(url)));
}

function numberOf(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? Math.min(value as number, 2_000_000_000) : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? plainText(value).slice(0, 200) : '';
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
