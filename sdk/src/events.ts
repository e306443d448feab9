import type { AnswerOf, QueryOf } from './call.js';
import type { Caller, Options } from './caller.js';
import type { Clock } from './clock.js';
import { EventFeed, type EventFeedOptions } from './event-feed.js';

/** The log of the organization: everything that happened, in order, without a gap. */
export class Events {
  constructor(
    private readonly api: Caller,
    private readonly clock: Clock,
  ) {}

  /** What follows a place of the log. `nextAfter` is where to go on, `hasMore` whether there is more already. */
  list(query: QueryOf<'GET', '/events'> = {}, options?: Options): Promise<EventPage> {
    return this.api.request('GET', '/events', { ...options, query });
  }

  /** The types that there are, each with what it carries. */
  types(options?: Options) {
    return this.api.pages('/event-types', { ...options });
  }

  /** Walks through the log and waits at its end for what comes next, until the signal ends it. */
  follow(options: EventFeedOptions = {}): EventFeed<DeskEvent> {
    const read = (query: object, more: Options): Promise<EventPage> => this.list(query, more);
    return new EventFeed(read, options, this.clock);
  }
}

export type EventPage = AnswerOf<'GET', '/events'>;
/** One thing that happened. */
export type DeskEvent = EventPage['data'][number];
