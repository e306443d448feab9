import { Injectable } from '@nestjs/common';
import type { WorkContext } from '../context/context.js';
import { Log } from './log.js';

/** A request that was answered, of somebody who is known. */
export interface ObservedRequest {
  readonly work: WorkContext;
  readonly method: string;
  /** With its query, as it was sent. */
  readonly url: string;
  readonly status: number;
  readonly milliseconds: number;
  /** What was sent, parsed; bytes stay bytes. Look at it and let it go: a body may be large. */
  readonly body: unknown;
}

/** Looks at every request after its answer is out. Called for each, so it must be quick and wait for nothing. */
export interface RequestObserver {
  observe(request: ObservedRequest): void;
}

/** Those who look. A room registers itself; core need not know which do. */
@Injectable()
export class RequestObservers {
  readonly #observers: RequestObserver[] = [];

  constructor(private readonly log: Log) {}

  register(observer: RequestObserver): void {
    this.#observers.push(observer);
  }

  /** Tells all of them. The answer is out already, so one that fails can spoil nothing but its own notes. */
  tell(request: ObservedRequest): void {
    for (const observer of this.#observers) {
      try {
        observer.observe(request);
      } catch (error) {
        this.log.warn('request.not_observed', { error });
      }
    }
  }
}
