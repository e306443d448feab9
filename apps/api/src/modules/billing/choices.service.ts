import { Injectable } from '@nestjs/common';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { OtherCurrency, PayFirst, TooManySeats } from './billing.exceptions.js';
import type { Wanted } from './billing-provider.service.js';
import { Plans } from './plans.service.js';
import { toPriced } from './plans.view.js';
import {
  choose,
  endWithPeriod,
  isHalted,
  type Choice,
  type Subscription,
} from './subscription-machine.js';

// A room is entered by its services: who bills elsewhere asks the same machine what a choice means.
export { choose, endWithPeriod, type Choice, type Subscription };

/** A choice that can be taken. */
export interface Judged {
  /** The plan of it is the version that is kept by who has it, and else the one that is offered. */
  choice: Choice;
  planName: string;
  /** Days that it may be tried for: one trial an organization, whatever it takes later. */
  trialDays: number;
}

/** What can be taken by whom, whoever bills it. */
@Injectable()
export class Choices {
  constructor(
    private readonly system: SystemDb,
    private readonly plans: Plans,
  ) {}

  /** Throws PlanNotFound, {@link TooManySeats}, {@link PayFirst}, {@link OtherCurrency}. */
  async judge(
    before: Subscription | null,
    { planId, interval, seats }: Wanted,
    reader: Pick<SystemTransaction, 'plan'> = this.system.client,
  ): Promise<Judged> {
    const plan = await this.plans.offer(planId, reader);
    if (plan.seats !== null && seats > plan.seats) throw new TooManySeats(plan.seats);
    const priced = toPriced(plan);
    const judged: Judged = {
      choice: { plan: priced, interval, seats },
      planName: plan.name,
      trialDays: before === null ? plan.trialDays : 0,
    };
    if (before === null || before.status === 'canceled') return judged;
    if (isHalted(before)) throw new PayFirst();
    const { currency } = before.plan;
    if (before.status !== 'trialing' && currency !== plan.currency)
      throw new OtherCurrency(currency);
    // The version of now is not forced on who only asks for other seats.
    if (before.plan.id !== planId) return judged;
    return { ...judged, choice: { ...judged.choice, plan: before.plan } };
  }
}
