import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { runInContext } from '#core/context/context.js';
import { Notifications } from '#core/database/notifications.js';
import { Log } from '#core/logging/log.js';
import { PrincipalCache } from '#core/tenancy/principal-cache.js';
import { mayConcern, type Principal } from '#core/tenancy/principal.js';
import type { EventDto } from './dto/event.dto.js';
import type { EventFilter } from './event-filter.js';
import { EventsService, type EventStretch } from './events.service.js';

/** What an open stream writes to. */
export interface EventSink {
  event(event: EventDto): void;
  /** Who has the ticket open, or is typing on it, is no longer the same. */
  presence(ticketId: string): void;
  heartbeat(): void;
  /** Bytes that the reader has not taken yet. */
  pending(): number;
  /** Resolves when the reader has taken them: false when they did not in time. */
  drained(): Promise<boolean>;
  close(): void;
}

const HEARTBEAT_EVERY = 15_000;
const EVENTS_A_READ = 100;
/** Bytes that a reader may leave with us: past it nothing more is written until they are taken, or the stream ends. */
const MOST_PENDING = 1024 * 1024;

/** Who reads, and how to ask whether their credential is still good. */
export interface StreamReader {
  principal: Principal;
  isStillGood(): Promise<boolean>;
}

/** What a stream is asked for. */
export interface StreamRequest {
  after: number;
  filter: EventFilter;
}

interface OpenStream {
  reader: StreamReader;
  sink: EventSink;
  after: number;
  filter: EventFilter;
  reading: boolean;
  again: boolean;
}

/**
 * Live streams of the log. Each is a reader of the same table as the feed, woken by a notification: what is sent is
 * what the feed would give, in its order, so nothing can be missed or doubled. A stream ends with its credential.
 */
@Injectable()
export class EventStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #streams = new Map<string, Set<OpenStream>>();
  readonly #looks = new Map<string, Promise<EventStretch>>();
  readonly #stops: (() => void)[] = [];
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(
    private readonly events: EventsService,
    private readonly notifications: Notifications,
    private readonly cache: PrincipalCache,
    private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const wakeAll = (): void => {
      this.#looks.clear();
      this.#all().forEach((stream) => this.#wake(stream));
    };
    const wake = (payload: string): void => {
      this.#looks.clear();
      this.#of(payload.split('|')[0]!).forEach((stream) => this.#wake(stream));
    };
    this.#stops.push(await this.notifications.listen('ledger', wake, wakeAll));
    const tell = (payload: string): void => {
      const [organizationId, ticketId] = payload.split('|');
      this.#of(organizationId!).forEach((stream) => this.#tellPresence(stream, ticketId!));
    };
    // One that was missed is made good by the next: whoever shows presence asks again every few seconds.
    this.#stops.push(await this.notifications.listen('presence', tell, () => undefined));
    this.#stops.push(
      this.cache.onChange((tag) =>
        this.#all().forEach((stream) => void this.#recheck(stream, tag)),
      ),
    );
    this.#heartbeat = setInterval(
      () => this.#all().forEach((stream) => void this.#beat(stream)),
      HEARTBEAT_EVERY,
    );
  }

  /** Before the server closes, which waits for every answer that is under way: a stream would never end by itself. */
  beforeApplicationShutdown(): void {
    clearInterval(this.#heartbeat);
    this.#stops.forEach((stop) => stop());
    this.#all().forEach((stream) => this.#end(stream));
  }

  /** Opens a stream of the reader's organization as it is asked for. Gives the way to close it. */
  open(reader: StreamReader, asked: StreamRequest, sink: EventSink): () => void {
    const stream: OpenStream = { reader, sink, ...asked, reading: false, again: false };
    const { organizationId } = reader.principal;
    this.#streams.set(organizationId, (this.#streams.get(organizationId) ?? new Set()).add(stream));
    this.#wake(stream);
    return () => this.#end(stream);
  }

  #wake(stream: OpenStream): void {
    stream.again = true;
    if (stream.reading) return;
    stream.reading = true;
    const { organizationId, actor } = stream.reader.principal;
    // A notification comes from nowhere in particular: the reader's own context is entered for it.
    runInContext({ requestId: 'event-stream', organizationId, actor }, () => this.#send(stream))
      .catch((error: Error) => {
        this.log.error('event_stream.failed', { error });
        this.#end(stream);
      })
      .finally(() => {
        stream.reading = false;
        // Woken between the last look and here.
        if (stream.again && this.#isOpen(stream)) this.#wake(stream);
      });
  }

  async #send(stream: OpenStream): Promise<void> {
    while (stream.again && this.#isOpen(stream)) {
      stream.again = false;
      // Asked of the cache, and so at hardly any cost: nothing is sent past a credential's expiry.
      await this.#endUnlessGood(stream);
      if (!this.#isOpen(stream)) return;
      const { events, nextAfter, hasMore } = await this.#read(stream);
      if (!this.#isOpen(stream)) return;
      for (const event of events) if (!(await this.#write(stream, event))) return;
      stream.after = nextAfter;
      stream.again ||= hasMore;
    }
  }

  /** Gives whether the stream is still open. A reader who takes too long is cut off, and resumes where they were. */
  async #write(stream: OpenStream, event: EventDto): Promise<boolean> {
    stream.sink.event(event);
    if (stream.sink.pending() > MOST_PENDING && !(await stream.sink.drained())) this.#end(stream);
    return this.#isOpen(stream);
  }

  /**
   * Readers who are at the same place and see the same share one look, so that a thousand of them cost what one does. One
   * that began before the newest notification is not shared: it may not have seen what that one told of.
   */
  #read({ reader, after, filter }: OpenStream): Promise<EventStretch> {
    const { organizationId, permissions } = reader.principal;
    const key = JSON.stringify([organizationId, after, filter, [...permissions].toSorted()]);
    const shared = this.#looks.get(key);
    if (shared) return shared;
    const look = this.events.after(after, EVENTS_A_READ, permissions, filter);
    this.#looks.set(key, look);
    const forget = (): void => void (this.#looks.get(key) === look && this.#looks.delete(key));
    look.then(forget, forget);
    return look;
  }

  /** Presence is for people who may see tickets, and no fact of the log: it has no seq, and none is resumed after. */
  #tellPresence(stream: OpenStream, ticketId: string): void {
    const { actor, permissions } = stream.reader.principal;
    if (actor.type !== 'user' || !permissions.has('tickets:read')) return;
    if (stream.sink.pending() <= MOST_PENDING) stream.sink.presence(ticketId);
  }

  /** A credential that changed is asked for again; one that is gone, or may less than it must, ends its streams. */
  async #recheck(stream: OpenStream, tag: string): Promise<void> {
    if (mayConcern(stream.reader.principal, tag)) await this.#endUnlessGood(stream);
  }

  async #beat(stream: OpenStream): Promise<void> {
    await this.#endUnlessGood(stream);
    if (this.#isOpen(stream)) stream.sink.heartbeat();
  }

  async #endUnlessGood(stream: OpenStream): Promise<void> {
    if (!(await stream.reader.isStillGood().catch(() => false))) this.#end(stream);
  }

  #end(stream: OpenStream): void {
    const { organizationId } = stream.reader.principal;
    const streams = this.#streams.get(organizationId);
    if (!streams?.delete(stream)) return;
    if (streams.size === 0) this.#streams.delete(organizationId);
    stream.sink.close();
  }

  #isOpen(stream: OpenStream): boolean {
    return this.#streams.get(stream.reader.principal.organizationId)?.has(stream) ?? false;
  }

  #of(organizationId: string): OpenStream[] {
    return [...(this.#streams.get(organizationId) ?? [])];
  }

  #all(): OpenStream[] {
    return [...this.#streams.values()].flatMap((streams) => [...streams]);
  }
}
