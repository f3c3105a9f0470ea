import { ConfigurationError } from '../../core/errors.ts';
import type { Http, HttpAnswer } from '../../core/http.ts';
import { plainText } from '../../core/plain-text.ts';
import { sha256 } from '../../core/sha256.ts';
import {
  inTrouble,
  misconfigured,
  postTo,
  reasonOf,
  type Closing,
  type Engine,
  type PushContext,
  type Receipt,
} from './engine.ts';

const mostAtOnce = 10_000;

/**
 * IndexNow (https://www.indexnow.org/documentation): JSON with a key that a file of the blog proves. Null where no key is
 * given.
 * @param origin the blog's address
 */
export async function openIndexNow(context: PushContext, http: Http, origin: string): Promise<Engine | null> {
  const { indexNowKey: key, indexNowKeyLocation, indexNowEndpoint: endpoint, preCheck } = context.settings;
  if (key === undefined || endpoint === undefined) {
    if (indexNowKeyLocation === undefined) return null;
    throw new ConfigurationError('indexNowKeyLocation is given, but no indexNowKey');
  }
  const keyLocation = indexNowKeyLocation ?? `${origin}/${key}.txt`;
  if (new URL(keyLocation).origin !== origin) {
    throw new ConfigurationError(`indexNowKeyLocation is not on the blog's own address ${origin}`);
  }
  const host = new URL(origin).host;
  // A key file vouches for the folder that it lies in, and for what is below.
  const folder = new URL('.', keyLocation).href;
  return {
    name: 'indexnow',
    title: 'IndexNow',
    prefix: 'indexNow',
    robot: 'bingbot',
    mostAtOnce,
    hasQuota: false,
    takesGone: true,
    settings: (await sha256(JSON.stringify([key, keyLocation, endpoint]))).slice(0, 16),
    refusal: (url) => (url.startsWith(folder) ? null : `it lies outside of the key file's folder ${folder}`),
    prepare: async () => (preCheck ? checkKeyFile(context, http, key, keyLocation) : null),
    send: async (urls) => {
      const body = JSON.stringify({ host, key, keyLocation, urlList: urls });
      const answer = await postTo(http, context, { url: endpoint, type: 'application/json; charset=utf-8', body });
      return readIndexNowAnswer(answer, keyLocation);
    },
  };
}

async function checkKeyFile(
  { signal }: PushContext,
  http: Http,
  key: string,
  keyLocation: string,
): Promise<Closing | null> {
  const answer = await http.fetch({
    url: keyLocation,
    read: 'text',
    maxBytes: 10_000,
    maxRedirects: 0,
    isTrusted: true,
    signal,
  });
  const { status } = answer;
  if (status === null || status >= 500) return inTrouble(`its key file ${keyLocation}: ${reasonOf(answer)}`, answer);
  if (status !== 200)
    return misconfigured(`the key file ${keyLocation} answers ${reasonOf(answer)}: it must hold the key`);
  if (answer.text?.replace(/^\uFEFF/, '').trim() === key) return null;
  return misconfigured(`the key file ${keyLocation} does not hold the key that indexNowKey has`);
}

/** What an answer of IndexNow's means. */
export function readIndexNowAnswer(answer: HttpAnswer, keyLocation: string): Receipt {
  const { status, result } = answer;
  if (status === null) return inTrouble(reasonOf(answer), answer);
  const isTaken = (status === 200 || status === 202) && (result === 'ok' || result === 'moved');
  const noReceipt = isTaken ? whyNoReceipt(answer) : null;
  if (noReceipt !== null) return misconfigured(`${noReceipt}: is indexNowEndpoint right?`);
  if (isTaken) return { outcome: 'taken', refused: new Map(), remain: null, remark: null, isPending: status === 202 };
  const said = `${reasonOf(answer)}${excerptOf(answer.text)}`;
  if (status === 403) return misconfigured(`it does not accept the key (${said}): it must find it in ${keyLocation}`);
  if (status === 422) return misconfigured(`the addresses are not of the key's host, or the key is none (${said})`);
  if (status === 400) return misconfigured(`it does not understand the request (${said})`);
  if (status >= 300 && status < 400)
    return misconfigured(`it answers with a redirect (${said}): correct indexNowEndpoint`);
  if (status === 404 || status === 405) return misconfigured(`there is nothing at indexNowEndpoint (${said})`);
  return inTrouble(`it answers ${said}`, answer);
}

const longestReceipt = 2000;

// An engine answers with nothing, or with a few words. A page comes from somebody else: a wrong address, a portal.
function whyNoReceipt({ text, headers }: HttpAnswer): string | null {
  const said = (text ?? '').trim();
  if (said === '') return null;
  const isPage = /html/i.test(headers['content-type'] ?? '') || /^<(!doctype|html|head|body)/i.test(said);
  if (isPage) return 'its answer is a web page';
  return said.length > longestReceipt ? `its answer is a document of ${said.length} characters or more` : null;
}

// Some engines say in their answer what they did not like, as `{"code": …, "message": …}`.
function excerptOf(text: string | null): string {
  const message = /"message"\s*:\s*"([^"\\]{1,200})"/.exec(text ?? '')?.[1];
  return message === undefined ? '' : `: ${plainText(message)}`;
}
