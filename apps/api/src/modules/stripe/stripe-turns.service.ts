import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { ChangeUnderWay } from './stripe.exceptions.js';
import {
  extendTurn,
  openCustomer,
  takeDueTurns,
  takeTurn,
  type TurnRow,
} from './stripe-turns.sql.js';

/** Milliseconds that a turn lasts without being extended: longer than any answer of Stripe is waited for. */
const LEASE = 120_000;
/** Looks at whether another's turn is over, and milliseconds between them: a click waits for the job before it. */
const TRIES = 40;
const BETWEEN = 250;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** The right to ask Stripe about one customer and to write what it says: one at a time has it. */
export interface Turn {
  readonly organizationId: string;
  readonly id: string;
  customerId: string | null;
  /** How often something had been heard of the customer when Stripe was asked. */
  heard: number;
}

/** The turn is another's by now: what was asked is old, and nothing is written. */
export class TurnLost extends Error {
  constructor() {
    super('the turn ended before what was asked could be written');
    this.name = 'TurnLost';
  }
}

/**
 * One lock for each customer. No lock of the database, whose transaction would be open while Stripe is asked: a row says
 * whose turn it is, and writing checks that it still is.
 */
@Injectable()
export class StripeTurns {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` in the organization's turn. Throws {@link ChangeUnderWay} when another's lasts too long. */
  async hold<T>(organizationId: string, work: (turn: Turn) => Promise<T>): Promise<T> {
    await this.system.sql(openCustomer, [organizationId, this.clock.now()]);
    const turn = await this.#take(organizationId);
    try {
      return await work(turn);
    } finally {
      await this.giveBack(turn);
    }
  }

  /** Takes the turns of up to `most` customers whose time has come. */
  async takeDue(most: number): Promise<Turn[]> {
    const [now, until] = this.#lease();
    const rows = await this.system.sql<TurnRow>(takeDueTurns, [now, until, newId(), most]);
    return rows.map(toTurn);
  }

  /** Makes the turn last, and notes what has been heard until now. Throws {@link TurnLost}. */
  async extend(turn: Turn): Promise<void> {
    const [, until] = this.#lease();
    const [row] = await this.system.sql<TurnRow>(extendTurn, [turn.organizationId, turn.id, until]);
    if (!row) throw new TurnLost();
    turn.customerId = row.customerId;
    turn.heard = row.heard;
  }

  /** Notes in `tx` that what was asked is written, and when to ask again. Gives whether it is still this one's turn. */
  async settle(
    tx: SystemTransaction,
    { organizationId, id, heard }: Turn,
    nextLook: Date,
  ): Promise<boolean> {
    const now = this.clock.now();
    const count = await tx.$executeRaw`
      update stripe_customers
      set looked_at = ${now}, failures = 0, problem = '',
          look_at = case when heard = ${BigInt(heard)} then ${nextLook}::timestamptz else ${now} end
      where organization_id = ${organizationId}::uuid and turn = ${id}::uuid`;
    return count === 1;
  }

  /** Notes whom Stripe knows the organization as. Whatever came before it was known is asked about at once. */
  async name(turn: Turn, customerId: string): Promise<void> {
    const { organizationId, id } = turn;
    await this.system.client.stripeCustomer.updateMany({
      where: { organizationId, turn: id },
      data: { customerId, lookAt: this.clock.now() },
    });
    turn.customerId = customerId;
  }

  /** Notes that it came to nothing, and asks again later: in a minute, two, four … up to some hours. */
  async failed({ organizationId, id }: Turn, problem: string): Promise<void> {
    const row = await this.system.client.stripeCustomer.findFirst({
      where: { organizationId, turn: id },
      select: { failures: true },
    });
    if (!row) return;
    const wait = Math.min(MINUTE * 2 ** Math.min(row.failures, 20), 6 * HOUR);
    await this.system.client.stripeCustomer.updateMany({
      where: { organizationId, turn: id },
      data: {
        failures: row.failures + 1,
        problem: problem.slice(0, 200),
        lookAt: new Date(this.clock.now().getTime() + wait),
      },
    });
  }

  /** Gives the turn to whoever waits for it. */
  async giveBack({ organizationId, id }: Turn): Promise<void> {
    await this.system.client.stripeCustomer.updateMany({
      where: { organizationId, turn: id },
      data: { turn: null, turnUntil: null },
    });
  }

  async #take(organizationId: string): Promise<Turn> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      // Waits for another process: there is nobody here who could say that it is done.
      if (attempt > 0) await pause(BETWEEN);
      const [now, until] = this.#lease();
      const values = [organizationId, now, until, newId()];
      const [row] = await this.system.sql<TurnRow>(takeTurn, values);
      if (row) return toTurn(row);
    }
    throw new ChangeUnderWay();
  }

  #lease(): [Date, Date] {
    const now = this.clock.now();
    return [now, new Date(now.getTime() + LEASE)];
  }
}

function toTurn({ organizationId, turn, customerId, heard }: TurnRow): Turn {
  return { organizationId, id: turn, customerId, heard };
}
