import type { Actor, Origin, WorkContext } from '#core/context/context.js';
import type { Shape } from './body-shape.js';

/** A call as it was seen: made into a row when it is written, because most of a flood never is. */
export interface CallNote {
  readonly work: WorkContext;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly shape: Shape | null;
}

/** A key, and a place that it was used from, or refused at. */
export interface UsedPlace {
  actor: Actor;
  place: string;
  admitted: boolean;
  origin: Origin;
  requestId: string;
}

/** What waits to be written of one organization's keys. */
export class JournalPage {
  /** The last calls of each key, a ring: the oldest is at `next`. */
  readonly #calls = new Map<string, { notes: CallNote[]; next: number }>();
  /** When each secret was used last. */
  readonly uses = new Map<string, string>();
  /** By key and address. */
  readonly places = new Map<string, UsedPlace>();

  /**
   * Keeps `call` among the last `most` of its key: a flood of one key costs its own oldest calls and nobody else's.
   * Drops it when `isFull` and there is none of the key's to give way.
   */
  addCall(
    keyId: string,
    call: CallNote,
    most: number,
    isFull: boolean,
  ): 'added' | 'replaced' | 'dropped' {
    const ring = this.#calls.get(keyId);
    if (ring === undefined) {
      if (isFull) return 'dropped';
      this.#calls.set(keyId, { notes: [call], next: 0 });
      return 'added';
    }
    if (ring.notes.length < most && !isFull && ring.next === 0) {
      ring.notes.push(call);
      return 'added';
    }
    ring.notes[ring.next] = call;
    ring.next = (ring.next + 1) % ring.notes.length;
    return 'replaced';
  }

  /** Calls and places that it holds. */
  get size(): number {
    return [...this.#calls.values()].reduce(
      (sum, { notes }) => sum + notes.length,
      this.places.size,
    );
  }

  /** Of each key the oldest first. */
  get calls(): { keyId: string; call: CallNote }[] {
    return [...this.#calls].flatMap(([keyId, { notes, next }]) =>
      [...notes.slice(next), ...notes.slice(0, next)].map((call) => ({ keyId, call })),
    );
  }
}
