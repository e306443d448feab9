import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new UUIDv7 (RFC 9562), made here and not by the database because we support servers without `uuidv7()`. */
export function newId(): string {
  const now = Date.now();
  // Within a millisecond (or when the clock steps back) ids go on from the last one, so that they sort as they were made.
  const random = takeRandom();
  if (now > lastTime) {
    lastTime = now;
    sequence =
      ((random[6]! << 23) | (random[7]! << 16) | (random[8]! << 8) | random[9]!) & 0x7fff_ffff;
  } else {
    sequence = (sequence + 1) & 0x7fff_ffff;
    if (sequence === 0) lastTime += 1;
  }
  return v7({ msecs: lastTime, seq: sequence, random });
}

/** Randomness is drawn for many ids at once: asking the system for 16 bytes costs as much as for 4,096. */
const pool = new Uint8Array(4096);
let used = pool.length;
let lastTime = 0;
let sequence = 0;

function takeRandom(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

/** Whether `value` is a UUID in the lower-case form that we write. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}
