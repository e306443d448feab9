import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '#core/context/clock.js';
import type { Actor, WorkContext } from '#core/context/context.js';
import { Log } from '#core/logging/log.js';
import {
  RequestObservers,
  type ObservedRequest,
  type RequestObserver,
} from '#core/logging/request-observers.js';
import { placeOf } from './allowed-networks.js';
import { ApiKeyJournalWriter } from './api-key-journal-writer.service.js';
import { ApiKeyPrincipals } from './api-key-principals.service.js';
import { KEPT_CALLS } from './api-key-calls.sql.js';
import { shapeOf } from './body-shape.js';
import { JournalPage, type CallNote } from './journal-page.js';
import { LONGEST_PATH, shownPath } from './shown-path.js';

/** Milliseconds between two writings. */
const WRITE_EVERY = 1_000;
/** Organizations that are written down in one go, those that wait longest first: a thousand busy ones cost no more. */
const PAGES_A_TURN = 25;
/** Milliseconds between two notes of a secret's last use. */
const NOTE_USE_EVERY = 60_000;
/** Milliseconds for which a place of a key is known without asking the database again. */
const PLACE_KNOWN_FOR = 3_600_000;
/** Calls and places that wait to be written, of all organizations; past it they are dropped and counted. */
const MOST_WAITING = 10_000;
const MOST_KNOWN = 50_000;
/** Calls that were not let in: they are written down, but nobody used the key. */
const REFUSED_AT_ADDRESS = 'api_key.address_not_allowed';
const REFUSED_EVERYWHERE = 'organization.suspended';

/**
 * What programs did: the last calls of each key, when a secret was used last, and from where. Kept in memory and
 * written every second, in one go for each organization and for a few of them in turn, so that no request waits for it,
 * fails with it or pays much for it. A new place is written in the next second. A crash loses what waits.
 */
@Injectable()
export class ApiKeyJournal
  implements
    RequestObserver,
    OnApplicationBootstrap,
    BeforeApplicationShutdown,
    OnApplicationShutdown
{
  readonly #usedAt = new LRUCache<string, number>({ max: MOST_KNOWN });
  readonly #knownPlaces = new LRUCache<string, true>({ max: MOST_KNOWN, ttl: PLACE_KNOWN_FOR });
  #pages = new Map<string, JournalPage>();
  #waiting = 0;
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isWriting = false;

  constructor(
    private readonly writer: ApiKeyJournalWriter,
    private readonly principals: ApiKeyPrincipals,
    private readonly clock: Clock,
    private readonly log: Log,
    observers: RequestObservers,
  ) {
    observers.register(this);
  }

  /** Ticks from the start on: begun by a request, the writing would count as that request's work. */
  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      if (!this.#isWriting) void this.#writeNext(() => this.#pagesOfThisTurn());
    }, WRITE_EVERY).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.write();
  }

  /** The server has closed: what it answered while closing is written too. */
  async onApplicationShutdown(): Promise<void> {
    await this.write();
  }

  observe(request: ObservedRequest): void {
    const { actor, organizationId } = request.work;
    if (actor?.type !== 'api_key' || actor.id === null || organizationId === undefined) return;
    const now = this.clock.now().getTime();
    const page = this.#pageOf(organizationId);
    this.#take(page.addCall(actor.id, noteOf(request, now), KEPT_CALLS, this.#isFull));
    const { errorCode } = request.work;
    if (errorCode === REFUSED_EVERYWHERE) return;
    const admitted = errorCode !== REFUSED_AT_ADDRESS;
    if (admitted) this.#noteUse(page, actor, now);
    this.#notePlace(page, actor, request.work, admitted);
  }

  #pageOf(organizationId: string): JournalPage {
    const known = this.#pages.get(organizationId);
    if (known) return known;
    const page = new JournalPage();
    this.#pages.set(organizationId, page);
    return page;
  }

  /** Writes all that waits. Resolves when everything that was seen before is in the database, or given up. */
  write(): Promise<void> {
    return this.#writeNext(() => [...this.#pages]);
  }

  #writeNext(choose: () => [organizationId: string, page: JournalPage][]): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writePages(choose()));
    return this.#writing;
  }

  /** Those that wait longest, and whoever's key was used from a new place: its people are told. */
  #pagesOfThisTurn(): [string, JournalPage][] {
    return [...this.#pages].filter(([, page], at) => at < PAGES_A_TURN || page.places.size > 0);
  }

  async #writePages(pages: [organizationId: string, page: JournalPage][]): Promise<void> {
    const dropped = this.#dropped;
    this.#dropped = 0;
    if (dropped > 0) this.log.warn('api_key.calls_dropped', { calls: dropped });
    // Calls that come from here on begin a page of their own, at the end of the queue.
    for (const [organizationId, page] of pages) {
      this.#pages.delete(organizationId);
      this.#waiting -= page.size;
    }
    this.#isWriting = true;
    for (const [organizationId, page] of pages) {
      await this.writer.write(organizationId, page).catch((error: Error) => {
        for (const place of page.places.keys()) this.#knownPlaces.delete(place);
        this.log.warn('api_key.use_not_noted', { organizationId, error });
      });
    }
    this.#isWriting = false;
  }

  get #isFull(): boolean {
    return this.#waiting >= MOST_WAITING;
  }

  #take(outcome: 'added' | 'replaced' | 'dropped'): void {
    if (outcome === 'added') this.#waiting += 1;
    else if (outcome === 'dropped') this.#dropped += 1;
  }

  #noteUse(page: JournalPage, actor: Actor, now: number): void {
    const secretId = this.principals.presentedBy(actor)?.secretId;
    if (secretId === undefined) return;
    if (now - (this.#usedAt.get(secretId) ?? 0) < NOTE_USE_EVERY) return;
    this.#usedAt.set(secretId, now);
    page.uses.set(secretId, new Date(now).toISOString());
  }

  /** By the address as it came, because taking it apart costs more than all the rest. */
  #notePlace(
    page: JournalPage,
    actor: Actor,
    { origin, requestId }: WorkContext,
    admitted: boolean,
  ): void {
    if (origin === undefined) return;
    const key = `${actor.id} ${admitted ? 'at' : 'not at'} ${origin.address}`;
    if (this.#knownPlaces.has(key) || this.#isFull) return;
    this.#knownPlaces.set(key, true);
    this.#waiting += 1;
    const place = placeOf(origin.address);
    page.places.set(key, { actor, place, admitted, origin, requestId });
  }
}

/** A URL of the length that almost all have is worked on when it is written; a long one is not kept whole until then. */
function noteOf(request: ObservedRequest, at: number): CallNote {
  const { work, method, url, status, milliseconds, body } = request;
  const kept = url.length > LONGEST_PATH ? shownPath(url) : url;
  return { work, method, url: kept, status, milliseconds, at, shape: shapeOf(body) };
}
