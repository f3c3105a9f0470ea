import type { HttpAnswer } from '../../core/http.ts';
import type { Message, WebhookSettings } from '../../core/notify.ts';
import { formatDuration } from '../../core/duration.ts';
import type { Attempt, NotifierOptions } from './open.ts';
import { webhookForms } from './webhook-forms.ts';

const timeoutMs = 20_000;
const mostAnswerBytes = 65_536;

/** Posts a message to a webhook, in its service's form, and reads from the answer whether it was taken. */
export async function postMessage(
  hook: WebhookSettings,
  { blog, hostname, nowMs, http }: Pick<NotifierOptions, 'blog' | 'hostname' | 'nowMs' | 'http'>,
  message: Message,
  signal: AbortSignal,
): Promise<Attempt> {
  const form = webhookForms[hook.kind];
  const { url, body, headers } = form.request(hook, message, { blog, host: hostname, nowMs: nowMs() });
  const answer = await (
    await http()
  ).fetch({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json', ...headers },
    body: JSON.stringify(body),
    read: 'text',
    maxBytes: mostAnswerBytes,
    timeoutMs,
    // A second try may be a second message; what was not taken is tried again by a later run.
    attempts: 1,
    maxRedirects: 0,
    isTrusted: true,
    signal,
  });
  const document = documentOf(answer);
  // What a proxy writes beside its 502 is no word of the service.
  const isWord = answer.result === 'ok' || Object.keys(document).length > 0;
  const pauseMs = answer.retryAfterMs ?? form.pauseMs?.(document) ?? null;
  const failure = failureOf(answer, isWord ? form.refusal(document) : null, pauseMs);
  return { failure, retryAfterMs: pauseMs };
}

function failureOf(answer: HttpAnswer, refusal: string | null, pauseMs: number | null): string | null {
  const { host } = new URL(answer.url);
  if (answer.result === 'ok') return refusal === null ? null : `${host} refuses it: ${refusal}`;
  if (answer.status !== null && answer.status >= 300 && answer.status < 400) {
    return `${host}: it redirects (${answer.status}), which is not followed: write the address where it leads`;
  }
  const pause = pauseMs === null ? '' : `; it asks for ${formatDuration(pauseMs)} of peace`;
  const many = answer.status === 429 ? ', too many messages' : '';
  // Many only say again what the status says.
  const isSaid = refusal === null || answer.reason.toLowerCase().includes(refusal.toLowerCase());
  const said = isSaid || answer.status === null ? '' : `: ${refusal}`;
  return `${host}: ${answer.reason}${many}${said}${pause}`;
}

function documentOf({ text }: HttpAnswer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return typeof parsed === 'object' && parsed !== null ? (parsed as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
