import { Clock, SystemClock } from '#core/context/clock.js';

/** The product's clock in a test's hands: the machine's time until it is told otherwise. */
export class FixedClock extends Clock {
  readonly #machine = new SystemClock();
  #fixed: number | null = null;

  now(): Date {
    return this.#fixed === null ? this.#machine.now() : new Date(this.#fixed);
  }

  /** Stops at `instant`. */
  set(instant: Date | string): void {
    this.#fixed = new Date(instant).getTime();
  }

  /** Stops where it is: what is due in some seconds does not become so while a slow machine runs a test. */
  stop(): void {
    this.advance(0);
  }

  /** Goes forward by `milliseconds` and stays there. */
  advance(milliseconds: number): void {
    this.#fixed = this.now().getTime() + milliseconds;
  }

  /** Follows the machine again. */
  reset(): void {
    this.#fixed = null;
  }
}

/** Lets `clock` answer for the application's own one, for everybody who was given it. */
export function takeOver(provided: Clock, clock: FixedClock): void {
  Object.defineProperty(provided, 'now', { value: () => clock.now() });
}
