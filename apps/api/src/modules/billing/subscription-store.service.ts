import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { BillingNotice } from './billing-notice.service.js';
import { Entitling } from './entitling.service.js';
import { InvoiceIssuing } from './invoice-issuing.service.js';
import { Plans } from './plans.service.js';
import { toPriced } from './plans.view.js';
import { nextLook, owing, type Outcome, type Subscription } from './subscription-machine.js';
import { newsOf } from './subscription-news.js';
import { subscriptionSelect, toColumns, toSubscription } from './subscriptions.view.js';

/** Rounds of billing and looking what is owed: two are enough, a third would be a fault. */
const MOST_ROUNDS = 3;

/** Reads subscriptions, and writes what becomes of them with all that follows: invoices, entitlements, events, mails. */
@Injectable()
export class SubscriptionStore {
  constructor(
    private readonly plans: Plans,
    private readonly invoices: InvoiceIssuing,
    private readonly entitling: Entitling,
    private readonly notice: BillingNotice,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** The subscription of an organization; null when it has none. */
  async find(
    tx: Pick<SystemTransaction, 'subscription' | 'plan'>,
    organizationId: string,
  ): Promise<Subscription | null> {
    const row = await tx.subscription.findFirst({
      where: { organizationId },
      select: subscriptionSelect,
    });
    if (!row) return null;
    const plan = toPriced(await this.plans.version(row.planId, row.planVersion, tx));
    const { nextPlanId, nextPlanVersion } = row;
    const next =
      nextPlanId === null
        ? null
        : toPriced(await this.plans.version(nextPlanId, nextPlanVersion!, tx));
    return toSubscription(row, plan, next);
  }

  /** Throws ProfileMissing when there is something to bill and nobody to bill it to. */
  async requireBuyer(
    tx: SystemTransaction,
    organizationId: string,
    outcome: Outcome,
  ): Promise<void> {
    if (outcome.bills.length > 0) await this.invoices.requireProfile(tx, organizationId);
  }

  /** Bills what `outcome` says and writes what becomes of it in `tx`, with the organization held. */
  async save(
    tx: SystemTransaction,
    organizationId: string,
    before: Subscription | null,
    { subscription, bills }: Outcome,
  ): Promise<Subscription> {
    const now = this.clock.now();
    let outcome = owing(subscription, await this.#owedSince(tx, organizationId), now);
    const due = [...bills, ...outcome.bills];
    for (let round = 0; due.length > 0 && round < MOST_ROUNDS; round += 1) {
      const { plan } = outcome.subscription;
      for (const charges of due.splice(0)) {
        const names = await this.#names(
          tx,
          charges.map(({ planId }) => planId),
        );
        const bill = { charges, currency: plan.currency };
        const invoice = await this.invoices.issue(tx, organizationId, bill, names);
        if (invoice) await this.notice.invoice(tx, organizationId, invoice);
      }
      outcome = owing(outcome.subscription, await this.#owedSince(tx, organizationId), now);
      due.push(...outcome.bills);
    }
    return this.put(tx, organizationId, before, outcome.subscription);
  }

  /** Writes `after` in `tx` with all that follows from it but bills, with the organization held. Quiet without a change. */
  async put(
    tx: SystemTransaction,
    organizationId: string,
    before: Subscription | null,
    after: Subscription,
  ): Promise<Subscription> {
    await this.#write(tx, organizationId, before === null, after);
    const subject = { type: 'organization', id: organizationId };
    for (const news of newsOf(before, after, this.clock.now()))
      this.ledger.record({ ...news, subject });
    if (before !== null && before.status !== after.status)
      await this.notice.status(tx, organizationId, after.status);
    return after;
  }

  async #write(
    tx: SystemTransaction,
    organizationId: string,
    isNew: boolean,
    subscription: Subscription,
  ): Promise<void> {
    const updatedAt = this.clock.now();
    const data = { ...toColumns(subscription), lookAt: nextLook(subscription), updatedAt };
    if (isNew)
      await tx.subscription.create({
        data: { organizationId, createdAt: updatedAt, ...data },
        select: { status: true },
      });
    else await tx.subscription.updateMany({ where: { organizationId }, data });
    await this.entitling.write(tx, organizationId, subscription);
  }

  async #owedSince(tx: SystemTransaction, organizationId: string): Promise<Date | null> {
    const row = await tx.invoice.findFirst({
      where: { organizationId, status: 'open' },
      orderBy: { dueAt: 'asc' },
      select: { dueAt: true },
    });
    return row?.dueAt ?? null;
  }

  async #names(tx: SystemTransaction, ids: string[]): Promise<(id: string) => string> {
    const rows = await tx.plan.findMany({
      where: { id: { in: ids } },
      orderBy: { version: 'asc' },
      select: { id: true, name: true },
    });
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    return (id) => names.get(id) ?? id;
  }
}
