import { isIP, type LookupFunction } from 'node:net';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, buildConnector, fetch } from 'undici';
import { AppConfig } from '../config/config.module.js';
import { AddressRules } from './addresses.js';
import { HostResolver } from './host-resolver.js';

/** Milliseconds from the first byte sent to the last byte read, unless a request says otherwise. */
const PATIENCE = 5_000;
/** The most that a request may say. */
const MOST_PATIENCE = 15_000;
/** The largest answer that is read, bytes, after it was unpacked. */
const LARGEST_ANSWER = 1024 * 1024;

/** An address that tenants may not make this server connect to, or a way of connecting to it. */
export class DestinationRefused extends Error {
  override readonly name = 'DestinationRefused';
}

/** The answer is larger than we read. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/** What a request may say: that of the Fetch API which the rooms use. */
export interface GuardedRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | URLSearchParams | Uint8Array | null;
  signal?: AbortSignal;
  /** Milliseconds for all of it, 15,000 at most; 5,000 if not said. */
  patience?: number;
  /** Bytes of the answer that are wanted: what follows is not read. Absent, a large answer is a failure. */
  keep?: number;
}

/**
 * Requests to addresses that tenants name. What a name leads to is checked where the connection is made: the address
 * that was looked up, found good and connected to is one and the same, so that a name which answers differently the
 * second time gains nothing. TLS always, but to what the operator excepted. Redirects are handed back and not followed.
 */
@Injectable()
export class GuardedFetch implements OnApplicationShutdown {
  readonly rules: AddressRules;
  readonly #secure: Agent;
  readonly #plain: Agent;

  constructor(config: AppConfig, resolver: HostResolver) {
    this.rules = new AddressRules(config.settings.allowedPrivateNetworks);
    this.#secure = agent(resolver, (address) => this.rules.admits(address));
    this.#plain = agent(resolver, (address) => this.rules.excepts(address));
  }

  /**
   * Sends one request. Throws {@link DestinationRefused}, {@link AnswerTooLarge}, or what the network says; a refusal
   * inside a connection comes as the `cause` of a TypeError, as the Fetch API has it.
   */
  async fetch(url: string, request: GuardedRequest = {}): Promise<Response> {
    const { protocol, username, password } = new URL(url);
    if (protocol !== 'https:' && protocol !== 'http:')
      throw new DestinationRefused(`${protocol} is not spoken here`);
    if (username !== '' || password !== '') throw new DestinationRefused('a URL with credentials');
    const patience = AbortSignal.timeout(Math.min(request.patience ?? PATIENCE, MOST_PATIENCE));
    const answer = await fetch(url, {
      method: request.method ?? 'GET',
      headers: request.headers ?? {},
      body: request.body ?? null,
      redirect: 'manual',
      dispatcher: protocol === 'https:' ? this.#secure : this.#plain,
      signal: request.signal ? AbortSignal.any([patience, request.signal]) : patience,
    });
    const body = await bounded(answer.body, request.keep);
    const isBodiless = [101, 204, 205, 304].includes(answer.status);
    return new Response(isBodiless ? null : body, {
      status: answer.status,
      statusText: answer.statusText,
      headers: [...answer.headers],
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.#secure.destroy(), this.#plain.destroy()]);
  }
}

function agent(resolver: HostResolver, admits: (address: string) => boolean): Agent {
  const connect = buildConnector({
    timeout: MOST_PATIENCE,
    lookup: guardedLookup(resolver, admits),
  });
  return new Agent({
    connect(options, done) {
      // An address in the URL is connected to without being looked up.
      const literal = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(literal) !== 0 && !admits(literal)) return done(refusal(literal), null);
      connect(options, done);
    },
    headersTimeout: MOST_PATIENCE,
    bodyTimeout: MOST_PATIENCE,
    // Kept for the few requests of one sign-in; a later one looks its host up again.
    keepAliveTimeout: 1_000,
    keepAliveMaxTimeout: 5_000,
  });
}

/** The look-up of `net.connect`: what it gives is what is connected to. One bad address spoils the name. */
function guardedLookup(
  resolver: HostResolver,
  admits: (address: string) => boolean,
): LookupFunction {
  return (hostname, options, done) => {
    resolver.lookup(hostname).then(
      (found) => {
        const bad = found.find(({ address }) => !admits(address));
        if (bad) return done(refusal(`${hostname} (${bad.address})`), []);
        const first = found[0];
        if (!first) return done(new Error(`${hostname} has no address`), []);
        if (options.all === true) done(null, found);
        else done(null, first.address, first.family);
      },
      (error: Error) => done(error, []),
    );
  };
}

function refusal(what: string): DestinationRefused {
  return new DestinationRefused(`${what} is no public address`);
}

async function bounded(
  body: AsyncIterable<Uint8Array> | null,
  keep: number | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (keep !== undefined && length >= keep) {
      chunks.push(chunk);
      return Buffer.concat(chunks).subarray(0, keep);
    }
    if (length > LARGEST_ANSWER) throw new AnswerTooLarge(`more than ${LARGEST_ANSWER} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
