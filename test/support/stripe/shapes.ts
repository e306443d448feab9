import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An object of Stripe's. */
export type Thing = Record<string, any>;

const RESOURCES = JSON.parse(
  readFileSync(join(process.cwd(), 'test/fixtures/stripe/resources.json'), 'utf8'),
) as Record<string, Thing>;

/** A new object of a kind: Stripe's own sample of it, with what a test says of it. */
export function shapeOf(kind: string, says: Thing): Thing {
  return { ...structuredClone(RESOURCES[kind]!), livemode: false, metadata: {}, ...says };
}

export function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

/** The end of a period that begins at `start`, counted from `anchor` in months of the calendar. */
export function periodEnd(anchor: number, interval: string, start: number): number {
  const from = new Date(anchor * 1000);
  for (let count = 1; ; count += 1) {
    const months = from.getUTCMonth() + count * (interval === 'year' ? 12 : 1);
    const last = new Date(Date.UTC(from.getUTCFullYear(), months + 1, 0)).getUTCDate();
    const end = new Date(from);
    end.setUTCDate(1);
    end.setUTCFullYear(from.getUTCFullYear(), months, Math.min(from.getUTCDate(), last));
    if (seconds(end) > start) return seconds(end);
  }
}

/** What Stripe answers when it refuses. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: { type: string; code?: string; message: string },
  ) {
    super(body.message);
    this.name = 'Refusal';
  }
}

export function invalid(message: string, code?: string): Refusal {
  return new Refusal(400, { type: 'invalid_request_error', message, ...(code && { code }) });
}
