/** Where the product reads the time, so that a test can say what time it is. Times are UTC instants. */
export abstract class Clock {
  abstract now(): Date;
}

/** The machine's own time. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
