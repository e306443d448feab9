import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { DestinationRefused, GuardedFetch } from '#core/network/guarded-fetch.js';
import type { Problem } from './dto/webhook-terms.js';
import type { ClaimedDelivery } from './webhook-claims.service.js';
import { headersOf } from './webhook-message.js';
import { wishOf } from './webhook-schedule.js';

/** Milliseconds that a receiver has for its answer. */
const PATIENCE = 15_000;
/** Bytes of the answer that are kept, and characters of its headers. */
const KEPT = 16 * 1024;
const LONGEST_HEADERS = 8 * 1024;

/** One try: what was sent, and what came of it. */
export interface Tried {
  startedAt: Date;
  duration: number;
  requestHeaders: Record<string, string>;
  /** Null when there was no answer. */
  status: number | null;
  responseHeaders: Record<string, string> | null;
  responseBody: string | null;
  /** Null when it went well. */
  problem: Problem | null;
  /** Milliseconds that the receiver asks us to wait. */
  wish: number | null;
}

/** Posts a delivery to where a tenant points, by the guarded way out. Never throws for what the other side does. */
@Injectable()
export class WebhookPost {
  constructor(
    private readonly guarded: GuardedFetch,
    private readonly clock: Clock,
  ) {}

  async send(delivery: ClaimedDelivery, end: AbortSignal): Promise<Tried> {
    const startedAt = this.clock.now();
    const begun = performance.now();
    const { eventId, url, body, secrets } = delivery;
    const headers = headersOf(eventId, body, secrets, startedAt);
    const answer = await this.#ask(url, headers, body, end);
    return {
      startedAt,
      duration: Math.round(performance.now() - begun),
      requestHeaders: shown(headers),
      ...answer,
    };
  }

  async #ask(
    url: string,
    headers: Record<string, string>,
    body: string,
    signal: AbortSignal,
  ): Promise<Pick<Tried, 'status' | 'responseHeaders' | 'responseBody' | 'problem' | 'wish'>> {
    try {
      const request = { method: 'POST', headers, body, signal, patience: PATIENCE, keep: KEPT };
      const answer = await this.guarded.fetch(url, request);
      return {
        status: answer.status,
        responseHeaders: bounded(answer.headers),
        responseBody: storable(await answer.text()),
        problem: problemOf(answer.status),
        wish: wishOf(answer.headers.get('retry-after'), this.clock.now()),
      };
    } catch (error) {
      const nothing = { status: null, responseHeaders: null, responseBody: null, wish: null };
      return { ...nothing, problem: toProblem(error) };
    }
  }
}

function problemOf(status: number): Problem | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirect' : 'status';
}

function toProblem(error: unknown): Problem {
  if (!(error instanceof Error)) return 'connection';
  if (error instanceof DestinationRefused) return 'address_refused';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  const { code = '' } = error as NodeJS.ErrnoException;
  if (['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'].includes(code)) return 'no_such_host';
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'timeout';
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) return 'tls';
  return error.cause === undefined ? 'connection' : toProblem(error.cause);
}

/** The signature is as good as the secret for this one body: it is not shown. */
function shown(headers: Record<string, string>): Record<string, string> {
  return { ...headers, 'webhook-signature': '[hidden]' };
}

function bounded(headers: Headers): Record<string, string> {
  let room = LONGEST_HEADERS;
  const kept = [...headers].filter(([name, value]) => (room -= name.length + value.length) > 0);
  return Object.fromEntries(kept.map(([name, value]) => [name, storable(value)]));
}

/** What the database keeps as text: no NUL, no half of a character. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
