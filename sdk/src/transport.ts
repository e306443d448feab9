import type { AnyCall, Answer, Binary, Method } from './call.js';
import { pauseBefore, reasonOf, systemClock, type Clock } from './clock.js';
import { errorOf, failureOf, type Failure, type ManydeskError } from './errors.js';

/** What a client is told at its making. */
export interface ManydeskOptions {
  /** Where the desk is: `https://desk.example`. */
  baseUrl: string;
  /** An API key (`md_live_…`), or a function that gives the access token of now. */
  apiKey: string | (() => string | Promise<string>);
  /** Used instead of the global one. */
  fetch?: typeof fetch;
  /** How often a call that failed by the way or for the moment is sent again; 4 if not said. */
  retries?: number;
  /** A desk that asks for more patience than so many seconds is not waited for; 60 if not said. */
  longestWaitSeconds?: number;
  /** Milliseconds that one try may take; 30,000 if not said. */
  timeoutMs?: number;
  clock?: Clock;
}

/** Longest pause between two tries of which nobody said when. */
const LONGEST_PAUSE = 20_000;
/** Failures of the moment. After a 500 the desk has thought about it and would fail again. */
const PASSING = new Set([0, 429, 502, 503, 504]);
/** The first try of the same write is still under way. */
const UNDER_WAY = 'idempotency.in_progress';
const API = '/api/v1';

/** Sends calls, again where that helps. A write carries one `Idempotency-Key` through all of its tries. */
export class Transport {
  readonly clock: Clock;
  readonly #fetch: typeof fetch;
  readonly #base: string;
  readonly #options: ManydeskOptions;

  /** Throws when the address of the desk is none. */
  constructor(options: ManydeskOptions) {
    this.#options = options;
    this.#base = new URL(options.baseUrl).href.replace(/\/+$/, '') + API;
    // Called as a plain function: a browser refuses one that is called as a method of something else.
    const given = options.fetch ?? globalThis.fetch;
    this.#fetch = (input, init) => given(input, init);
    this.clock = options.clock ?? systemClock;
  }

  /** Makes the call. Throws a {@link ManydeskError}, or the reason of the signal. */
  async send<Body>(method: Method, path: string, call: AnyCall = {}): Promise<Answer<Body>> {
    const url = this.#base + filled(path, call.params) + queryOf(call.query);
    const headers = headersOf(method, call);
    const retries = this.#options.retries ?? 4;
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.#try<Body>(method, url, headers, call);
      if ('body' in outcome) return outcome;
      const failure = errorOf(outcome);
      if (tries > retries || !mayPass(failure)) throw failure;
      const wait = this.#waitAfter(failure, tries);
      if (wait === null) throw failure;
      await this.clock.sleep(wait, call.signal);
    }
  }

  /** Milliseconds until the next try, or null when that would be too long. */
  #waitAfter({ retryAfter }: ManydeskError, tries: number): number | null {
    if (retryAfter === null) return pauseBefore(tries, LONGEST_PAUSE, this.clock);
    if (retryAfter > (this.#options.longestWaitSeconds ?? 60)) return null;
    // Never earlier than asked, and not all at the same moment.
    return retryAfter * 1000 + this.clock.chance() * 250;
  }

  async #try<Body>(
    method: Method,
    url: string,
    headers: Headers,
    call: AnyCall,
  ): Promise<Answer<Body> | Failure> {
    const { apiKey } = this.#options;
    headers.set('authorization', `Bearer ${typeof apiKey === 'string' ? apiKey : await apiKey()}`);
    const { signal } = call;
    if (signal?.aborted) throw reasonOf(signal);
    const line = new AbortController();
    const stop = (): void => line.abort();
    signal?.addEventListener('abort', stop, { once: true });
    const timer = setTimeout(stop, call.timeoutMs ?? this.#options.timeoutMs ?? 30_000);
    try {
      const body = bodyOf(call.body);
      const sent = { method, headers, signal: line.signal, ...(body !== undefined && { body }) };
      const response = await this.#fetch(url, sent);
      return await answerOf<Body>(response, this.clock.now());
    } catch (cause) {
      if (signal?.aborted) throw reasonOf(signal);
      return unreachable(cause, line.signal.aborted);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }
}

/** Whether the same call may go well a little later. */
export function mayPass({ status, code }: ManydeskError): boolean {
  return PASSING.has(status) || code === UNDER_WAY;
}

async function answerOf<Body>(response: Response, now: number): Promise<Answer<Body> | Failure> {
  const { status, headers } = response;
  const text = await response.text();
  const isGood = response.ok || status === 304;
  if (!isGood) return failureOf(response, parsed(text), now);
  const isJson = /\bjson\b/.test(headers.get('content-type') ?? '');
  const body = (text !== '' && isJson ? JSON.parse(text) : text || undefined) as Body;
  return { status, headers, etag: headers.get('etag'), body };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unreachable(cause: unknown, isLate: boolean): Failure {
  return {
    status: 0,
    code: isLate ? 'network.timeout' : 'network.unreachable',
    message: isLate ? 'The desk did not answer in time.' : 'The desk could not be reached.',
    requestId: null,
    cause,
  };
}

function headersOf(method: Method, call: AnyCall): Headers {
  const headers = new Headers({ accept: 'application/json' });
  if (call.body !== undefined) {
    const type = isBinary(call.body) ? 'application/octet-stream' : 'application/json';
    headers.set('content-type', type);
  }
  // The other methods come to the same however often they are sent.
  if (method === 'POST' || method === 'PATCH')
    headers.set('idempotency-key', call.idempotencyKey ?? newKey());
  if (call.ifMatch !== undefined) headers.set('if-match', call.ifMatch);
  for (const [name, value] of Object.entries(call.headers ?? {})) headers.set(name, value);
  return headers;
}

/** Not `randomUUID`, which a page over plain http does not have. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bodyOf(body: unknown): Binary | undefined {
  if (body === undefined) return undefined;
  return isBinary(body) ? body : JSON.stringify(body);
}

function isBinary(body: unknown): body is Binary {
  return (
    typeof body === 'string' ||
    body instanceof Uint8Array ||
    body instanceof ArrayBuffer ||
    body instanceof Blob
  );
}

/** The path with its parameters in it. Throws when one is missing: the call would go somewhere else. */
function filled(path: string, params: unknown): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = (params as Record<string, string | number | undefined> | undefined)?.[name];
    if (value === undefined || value === '')
      throw new TypeError(`${path} needs the parameter "${name}".`);
    return encodeURIComponent(value);
  });
}

/** A list goes as words with commas between them; what is undefined is left out. */
function queryOf(query: unknown): string {
  const pairs = Object.entries((query ?? {}) as Record<string, unknown>)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]);
  const text = new URLSearchParams(pairs as [string, string][]).toString();
  return text && `?${text}`;
}
