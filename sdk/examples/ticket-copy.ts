import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { writeSync } from 'node:fs';
import type { components } from '@manydesk/sdk';

/** A ticket as its list and its own address have in common. */
export type Ticket = components['schemas']['TicketDto'];

/** One line of the file: where the log was read to, and what that made of the copy. */
interface Step {
  position: number;
  put: Ticket[];
  gone: string[];
}

const NEWLINE = 10;

/**
 * A copy of tickets in one file. Each step is one line with the position **in** it, so that the two can never be of
 * different moments: a line that a power cut left half written is cut off, and its step is made again.
 */
export class TicketCopy {
  readonly tickets = new Map<string, Ticket>();
  #position = -1;
  #file: number;

  /** Opens the copy, or begins an empty one. */
  constructor(path: string) {
    if (existsSync(path)) this.#read(path);
    this.#file = openSync(path, 'a');
  }

  /** Where the log was read to; -1 before the first step. */
  get position(): number {
    return this.#position;
  }

  /** Takes a step: it is on the disk when this returns. */
  commit(step: Step): void {
    writeSync(this.#file, `${JSON.stringify(step)}\n`);
    fsyncSync(this.#file);
    this.#take(step);
  }

  close(): void {
    closeSync(this.#file);
  }

  #read(path: string): void {
    const bytes = readFileSync(path);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end < bytes.length) truncateSync(path, end);
    const lines = bytes.subarray(0, end).toString('utf8').split('\n');
    for (const line of lines) if (line !== '') this.#take(JSON.parse(line) as Step);
  }

  #take({ position, put, gone }: Step): void {
    for (const ticket of put) this.tickets.set(ticket.id, ticket);
    for (const id of gone) this.tickets.delete(id);
    this.#position = position;
  }
}
