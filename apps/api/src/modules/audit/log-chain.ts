import { BEFORE_THE_FIRST, dataHashOf, hashOf, type LogLine } from './log-line.js';

/** Events that are not there, between two that are. */
export interface Gap {
  /** The first that is missing. */
  from: number;
  to: number;
}

/** Where a walk along the chain has come to. */
interface Place {
  organizationId: string | null;
  seq: number;
  hash: string;
}

const THE_START: Place = { organizationId: null, seq: 0, hash: BEFORE_THE_FIRST };

/**
 * A walk along a log, event by event, in order. It says what is wrong with each and goes on from there, and tells of
 * gaps apart: an export of some events has them by right.
 */
export class LogChain {
  /** Events whose hash was made anew and found right. */
  proved = 0;
  /** Of those, events whose content was erased: their hash of it is taken at its word. */
  erased = 0;
  /** Of those, events that were found to follow the one before them. */
  linked = 0;
  first: number | null = null;
  #at: Place;

  constructor(start: Place = THE_START) {
    this.#at = start;
  }

  get last(): { seq: number; hash: string } {
    return this.#at;
  }

  /** What is wrong with `line`, or null; and the gap before it, or null. */
  take(line: LogLine): { problem: string | null; gap: Gap | null } {
    const before = this.#at;
    const problem = problemOf(line, before);
    const gap = line.seq > before.seq + 1 ? { from: before.seq + 1, to: line.seq - 1 } : null;
    if (problem === null) {
      this.proved += 1;
      this.first ??= line.seq;
      if (line.payload === null) this.erased += 1;
      if (gap === null) this.linked += 1;
    }
    this.#at = { organizationId: line.organizationId, seq: line.seq, hash: line.hash };
    return { problem, gap };
  }
}

function problemOf(line: LogLine, before: Place): string | null {
  if (before.organizationId !== null && line.organizationId !== before.organizationId)
    return 'it is of another organization';
  if (line.seq <= before.seq)
    return `it is out of order or there twice: seq ${line.seq} comes after seq ${before.seq}`;
  if (line.payload !== null && dataHashOf(line.payload) !== line.dataHash)
    return 'what it says is not what was recorded';
  if (hashOf(line) !== line.hash) return 'its fields or hashes are not those that were recorded';
  if (line.seq === before.seq + 1 && line.prevHash !== before.hash)
    return 'it does not follow from the event before it';
  return null;
}
