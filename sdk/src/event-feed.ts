import type { CallOptions } from './call.js';
import { pauseBefore, type Clock } from './clock.js';
import { InvalidRequest, ManydeskError } from './errors.js';
import { mayPass } from './transport.js';

export interface EventFeedOptions {
  /** The position where to begin: what `position` was when it was stored last; 0 is the start of the log. */
  after?: number;
  /** Types to be told of, such as `ticket.created` or `ticket.*`; all if none. */
  types?: readonly string[];
  /** Only what happened to one thing. */
  subjectId?: string;
  /** Ends it, quietly. */
  signal?: AbortSignal;
  /** Seconds that the desk holds a question until there is an answer, up to 30; 25 if not said. */
  waitSeconds?: number;
  /** Events a question; 200 if not said, 1,000 at most. */
  limit?: number;
  /** Told of a failure that will be tried again, and when. */
  onPause?: (failure: ManydeskError, milliseconds: number) => void;
}

/** A stretch of the log. Once its events are dealt with, `position` is where to go on. */
export interface Stretch<Event> {
  events: Event[];
  position: number;
}

interface Answer<Event> {
  data: Event[];
  nextAfter?: number;
  hasMore?: boolean;
}

type Read<Event> = (query: object, call: CallOptions) => Promise<Answer<Event>>;

/** Longest pause while the desk is away. */
const LONGEST_PAUSE = 30_000;
/** Pauses at the end of the log, where the desk does not hold the question. */
const IDLE = 1_000;
/** Sooner than this an empty answer was not waited for. */
const AT_ONCE = 250;

/**
 * The log as an endless list. It outlives restarts of the desk: whatever passes is tried again from the same position,
 * so nothing is missed; the rest (a revoked key, a position that is not kept any more) is thrown.
 * Store `position` **with** what you made of the events, in one transaction, and nothing is done twice either.
 */
export class EventFeed<Event extends { seq: number }> implements AsyncIterable<Event> {
  #position: number;
  #isHeld = true;

  constructor(
    private readonly read: Read<Event>,
    private readonly options: EventFeedOptions,
    private readonly clock: Clock,
  ) {
    this.#position = options.after ?? 0;
  }

  /** Up to here everything was handed out and come back from. It also moves past what the filters leave out. */
  get position(): number {
    return this.#position;
  }

  /** Event by event. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    for await (const { events } of this.stretches()) {
      for (const event of events) {
        yield event;
        this.#position = event.seq;
      }
    }
  }

  /** Stretch by stretch: fewer transactions for whoever keeps a copy. An empty one moves the position alone. */
  async *stretches(): AsyncGenerator<Stretch<Event>, void, undefined> {
    const { signal } = this.options;
    let failures = 0;
    let idle = 0;
    while (!signal?.aborted) {
      const asked = this.clock.now();
      const answer = await this.#ask().catch((error: unknown) => this.#pauseOf(error));
      if (answer instanceof ManydeskError) {
        failures += 1;
        await this.#pause(answer, failures);
        continue;
      }
      if (answer === undefined) continue;
      failures = 0;
      const position = answer.nextAfter ?? answer.data.at(-1)?.seq ?? this.#position;
      if (position > this.#position) {
        yield { events: answer.data, position };
        this.#position = position;
      }
      const isAtEnd = answer.data.length === 0 && answer.hasMore !== true;
      idle = isAtEnd ? idle + 1 : 0;
      if (isAtEnd && (!this.#isHeld || this.clock.now() - asked < AT_ONCE))
        await this.#sleep(Math.min(idle, 5) * IDLE);
    }
  }

  #ask(): Promise<Answer<Event>> {
    const { types, subjectId, signal, waitSeconds = 25, limit = 200 } = this.options;
    const isHeld = this.#isHeld && waitSeconds > 0;
    const query = {
      after: this.#position,
      limit,
      ...(types && types.length > 0 && { types }),
      ...(subjectId !== undefined && { subjectId }),
      ...(isHeld && { wait: waitSeconds }),
    };
    return this.read(query, {
      ...(signal && { signal }),
      timeoutMs: (isHeld ? waitSeconds * 1000 : 0) + 30_000,
    });
  }

  /** The failure when it may pass, nothing when it is dealt with. Throws what no patience mends. */
  #pauseOf(error: unknown): ManydeskError | undefined {
    if (this.options.signal?.aborted) return undefined;
    if (!(error instanceof ManydeskError)) throw error;
    if (mayPass(error)) return error;
    // A desk that is older than the waiting refuses the word: it is asked again and again instead.
    const isUnknown = error instanceof InvalidRequest && error.fields.some(isWait);
    if (!isUnknown || !this.#isHeld) throw error;
    this.#isHeld = false;
    return undefined;
  }

  async #pause(failure: ManydeskError, failures: number): Promise<void> {
    const { retryAfter } = failure;
    const wait =
      retryAfter === null ? pauseBefore(failures, LONGEST_PAUSE, this.clock) : retryAfter * 1000;
    this.options.onPause?.(failure, wait);
    await this.#sleep(wait);
  }

  async #sleep(ms: number): Promise<void> {
    // The signal ends the loop, which looks at it.
    await this.clock.sleep(ms, this.options.signal).catch(() => undefined);
  }
}

const isWait = ({ field }: { field: string }): boolean => field === 'wait';
