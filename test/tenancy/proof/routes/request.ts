import { AccessTokens } from '#modules/auth/access-tokens.service.js';
import type { RunningApp } from '../../../support/app.js';
import type { Side } from '../world/side.js';
import type { Asked, Place } from './case.js';

/** A request as it is sent. */
export interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload?: string;
}

/** What came back. */
export interface Got {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Milliseconds that a stream is read: what it has to say first, it says at once. */
const LISTEN_FOR = 100;

/**
 * A token of the session of the side's owner, made anew: one is good for a quarter of an hour, and the attacks may take
 * longer. With one that is over every answer would be alike, and show nothing.
 */
export function tokenOf(running: RunningApp, { organizationId, ids }: Side): string {
  return running.get(AccessTokens).sign({ sub: ids.user, sid: ids.session, org: organizationId });
}

/** `asked` with `value` in `place`. */
export function swapped(asked: Asked, place: Place, value: string): Asked {
  const [where, ...names] = place.split('.') as [string, ...string[]];
  const name = names.join('.');
  if (where === 'path') return { ...asked, path: { ...asked.path, [name]: value } };
  if (where === 'query') return { ...asked, query: { ...asked.query, [name]: value } };
  if (where === 'header') return { ...asked, headers: { ...asked.headers, [name]: value } };
  if (name === '') return { ...asked, body: value };
  return { ...asked, body: withMember(asked.body as Record<string, unknown>, names, value) };
}

/** `asked` without the member `name` of its body. */
export function without(asked: Asked, name: string | undefined): Asked {
  if (name === undefined) return asked;
  const { [name]: _, ...body } = asked.body as Record<string, unknown>;
  return { ...asked, body };
}

function withMember(
  body: Record<string, unknown>,
  [name, ...rest]: string[],
  value: string,
): Record<string, unknown> {
  const inner =
    rest.length === 0
      ? value
      : withMember((body[name!] ?? {}) as Record<string, unknown>, rest, value);
  return { ...body, [name!]: inner };
}

/** The request as it goes out, with `token` as its credential. */
export function toSent(method: string, template: string, asked: Asked, token: string | null): Sent {
  const path = template.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(asked.path[name] ?? ''),
  );
  const query = new URLSearchParams(asked.query).toString();
  const isText = typeof asked.body === 'string';
  return {
    method,
    url: query === '' ? path : `${path}?${query}`,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(asked.body === undefined || isText ? {} : { 'content-type': 'application/json' }),
      ...asked.headers,
    },
    ...(asked.body === undefined
      ? {}
      : { payload: isText ? (asked.body as string) : JSON.stringify(asked.body) }),
  };
}

/** Sends it. A stream is read for a moment over a real connection, because it never ends. */
export async function send(running: RunningApp, sent: Sent): Promise<Got> {
  if (/\/stream(\?|$)/.test(sent.url) && sent.method === 'GET') return listen(running, sent);
  const { statusCode, headers, payload } = await running.app.inject(sent as never);
  return { status: statusCode, headers: headers as Record<string, string>, text: payload };
}

async function listen(running: RunningApp, sent: Sent): Promise<Got> {
  const ending = new AbortController();
  const response = await fetch(new URL(sent.url, running.url), {
    method: sent.method,
    headers: sent.headers,
    signal: ending.signal,
  });
  const got: Got = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: '',
  };
  const timer = setTimeout(() => ending.abort(), LISTEN_FOR);
  try {
    const decoder = new TextDecoder();
    for await (const chunk of response.body!)
      got.text += decoder.decode(chunk as Uint8Array, { stream: true });
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  return got;
}

/** Whether two answers are alike. Of a stream as much as both had time to say. */
export function areAlike(one: Got, other: Got): boolean {
  const [first, second] = [shapeOfAnswer(one), shapeOfAnswer(other)];
  if (!one.headers['content-type']?.startsWith('text/event-stream')) return first === second;
  const length = Math.min(first.length, second.length);
  return first.slice(0, length) === second.slice(0, length);
}

/** Headers that say nothing of what was found. */
const PASSING = [
  'date',
  'x-request-id',
  'content-length',
  'connection',
  'keep-alive',
  'set-cookie',
  // The version of what is its own, which each asking moves on.
  'etag',
];

/** An answer without what differs from one asking to the next. */
export function shapeOfAnswer({ status, headers, text }: Got): string {
  const kept = Object.entries(headers).filter(([name]) => !PASSING.includes(name));
  return (
    `${status} ${JSON.stringify(kept.sort())} ${text}`
      // Made anew for each asking, or a count of what the asking before has done.
      .replace(/"challenge":"[\w-]+"/g, '"challenge":"<random>"')
      .replace(/Sessions ended: \d+/, 'Sessions ended: <count>')
      // A stream's sign of life comes by the clock, into one answer and not into the other.
      .replaceAll(': still here\n\n', '')
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<id>')
      .replace(/kanarie\w{12}/g, '<word>')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
      .replace(/md_live_\w+/g, '<key>')
      .replace(/k[0-9a-f]{32}/g, '<field>')
      .replace(/\/files\/[\w-]+/g, '/files/<token>')
      .replace(/manydesk-verification=\w+/g, 'manydesk-verification=<proof>')
      .replace(/eyJ[\w.-]+/g, '<token>')
      .replace(/"(number|ticketNumber|seq|nextAfter|version|position)":\d+/g, '"$1":<number>')
      .replace(/"slug":"[^"]*"/g, '"slug":<slug>')
      // Measurements.
      .replace(/^manydesk_.*$\n?/gm, '')
  );
}
