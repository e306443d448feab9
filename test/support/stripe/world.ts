import type { Clock } from '#core/context/clock.js';
import { invalid, periodEnd, Refusal, seconds, shapeOf, type Thing } from './shapes.js';

type Card = 'good' | 'bad';

/**
 * What Stripe has, and what it does by itself: trials end, periods turn, cards are charged, schedules take their course,
 * and each of it is told by an event. Its time is the clock's.
 */
export class StripeWorld {
  readonly things = new Map<string, Thing>();
  readonly events: Thing[] = [];
  readonly cards = new Map<string, Card>();
  #count = 0;

  constructor(readonly clock: Pick<Clock, 'now'>) {}

  get now(): number {
    return seconds(this.clock.now());
  }

  /** All of a kind, the newest first. */
  all(object: string): Thing[] {
    return [...this.things.values()].filter((thing) => thing.object === object).toReversed();
  }

  get(id: string): Thing {
    const thing = this.things.get(id);
    if (!thing) throw new Refusal(404, missing(id));
    return thing;
  }

  add(kind: string, prefix: string, says: Thing): Thing {
    this.#count += 1;
    const id = `${prefix}_${String(this.#count).padStart(14, '0')}`;
    const thing = shapeOf(kind, { id, created: this.now, ...says });
    this.things.set(id, thing);
    return thing;
  }

  tell(type: string, object: Thing): void {
    this.#count += 1;
    const id = `evt_${String(this.#count).padStart(14, '0')}`;
    const data = { object: structuredClone(object) };
    this.events.push(shapeOf('event', { id, type, created: this.now, data }));
  }

  subscriptionsOf(customer: string): Thing[] {
    return this.all('subscription').filter((thing) => thing.customer === customer);
  }

  invoicesOf(customer: string): Thing[] {
    return this.all('invoice').filter((thing) => thing.customer === customer);
  }

  /** Somebody enters a card in the portal, or it is not good any more. */
  setCard(customer: string, card: Card): void {
    this.cards.set(customer, card);
    const thing = this.get(customer);
    thing.invoice_settings = { ...thing.invoice_settings, default_payment_method: 'pm_card' };
    this.tell('customer.updated', thing);
  }

  createCustomer(says: Thing): Thing {
    const settings = { custom_fields: null, default_payment_method: null, footer: null };
    const known = { name: null, address: null, email: null, ...says };
    const customer = this.add('customer', 'cus', { ...known, invoice_settings: settings });
    this.tell('customer.created', customer);
    return customer;
  }

  begin(says: Thing): Thing {
    const price = this.get(says.items[0].price);
    const days = Number(says.trial_period_days ?? 0);
    const start = this.now;
    const isPayable = this.cards.get(says.customer) === 'good';
    if (days === 0 && says.payment_behavior === 'error_if_incomplete' && !isPayable)
      throw this.cards.has(says.customer) ? declined() : invalid('no payment source');
    const end =
      days > 0 ? start + days * 86_400 : periodEnd(start, price.recurring.interval, start);
    const subscription = this.add('subscription', 'sub', {
      ...{ customer: says.customer, currency: price.currency },
      status: days > 0 ? 'trialing' : 'active',
      metadata: says.metadata ?? {},
      discounts: says.discounts ?? [],
      start_date: start,
      billing_cycle_anchor: days > 0 ? end : start,
      ...{ trial_start: days > 0 ? start : null, trial_end: days > 0 ? end : null },
      ...{ cancel_at: null, canceled_at: null, ended_at: null, cancel_at_period_end: false },
      ...{ schedule: null, latest_invoice: null, pause_collection: null },
    });
    const item = { ...subscription.items.data[0], id: subscription.id.replace('sub', 'si') };
    const period = { current_period_start: start, current_period_end: end };
    const quantity = Number(says.items[0].quantity ?? 1);
    subscription.items.data = [
      { ...item, ...period, price, quantity, subscription: subscription.id },
    ];
    this.tell('customer.subscription.created', subscription);
    if (days === 0) this.bill(subscription, costOf(subscription), 'subscription_create');
    return subscription;
  }

  change(id: string, says: Thing): Thing {
    const subscription = this.get(id);
    if (subscription.status === 'canceled') throw invalid('it is canceled', 'resource_missing');
    if (subscription.schedule && says.cancel_at_period_end !== undefined)
      throw invalid('it is managed by a schedule');
    const wanted = says.items?.[0];
    if (wanted) this.#changeItem(subscription, wanted, says);
    if (says.cancel_at_period_end !== undefined) {
      subscription.cancel_at_period_end = says.cancel_at_period_end === 'true';
      subscription.canceled_at = subscription.cancel_at_period_end ? this.now : null;
      subscription.cancel_at = subscription.cancel_at_period_end
        ? itemOf(subscription).current_period_end
        : null;
    }
    this.tell('customer.subscription.updated', subscription);
    return subscription;
  }

  /** What a change costs now, and what it would leave. */
  priceChange(
    subscription: Thing,
    wanted: Thing,
  ): { amount: number; price: Thing; isAnew: boolean } {
    const item = itemOf(subscription);
    const price = wanted.price ? this.get(wanted.price) : item.price;
    const quantity = Number(wanted.quantity ?? item.quantity);
    const isAnew = price.recurring.interval !== item.price.recurring.interval;
    const { current_period_start: start, current_period_end: end } = item;
    const left = (end - this.now) / (end - start);
    const unused = Math.round(costOf(subscription) * left);
    const full = price.unit_amount * quantity;
    return { amount: (isAnew ? full : Math.round(full * left)) - unused, price, isAnew };
  }

  #changeItem(subscription: Thing, wanted: Thing, says: Thing): void {
    const item = itemOf(subscription);
    const { amount, price, isAnew } = this.priceChange(subscription, wanted);
    const isTrial = subscription.status === 'trialing';
    const isBilled = !isTrial && says.proration_behavior === 'always_invoice' && amount > 0;
    const isPayable = this.cards.get(subscription.customer) === 'good';
    if (isBilled && says.payment_behavior === 'error_if_incomplete' && !isPayable) throw declined();
    item.price = price;
    item.quantity = Number(wanted.quantity ?? item.quantity);
    if (isAnew && !isTrial) this.#startPeriod(subscription, this.now, true);
    if (isBilled) this.bill(subscription, amount, 'subscription_update');
  }

  end(id: string): Thing {
    return this.#end(this.get(id), this.now);
  }

  plan(from: string): Thing {
    const subscription = this.get(from);
    if (subscription.schedule) throw invalid('it has a schedule');
    const { current_period_start: start, current_period_end: end } = itemOf(subscription);
    const phase = { start_date: start, end_date: end, items: [], metadata: {} };
    const schedule = this.add('subscription_schedule', 'sub_sched', {
      ...{ subscription: from, customer: subscription.customer, status: 'active' },
      current_phase: { start_date: start, end_date: end },
      phases: [phase],
    });
    subscription.schedule = schedule.id;
    this.tell('customer.subscription.updated', subscription);
    return schedule;
  }

  setPhases(id: string, says: Thing): Thing {
    const schedule = this.get(id);
    let start = Number(says.phases[0].start_date);
    schedule.phases = says.phases.map((phase: Thing) => {
      const { duration } = phase;
      const end = duration ? periodEnd(start, duration.interval, start) : Number(phase.end_date);
      const made = { metadata: {}, ...phase, start_date: start, end_date: end };
      start = end;
      return {
        ...made,
        items: phase.items.map((item: Thing) => ({ ...item, quantity: Number(item.quantity) })),
      };
    });
    this.tell('subscription_schedule.updated', schedule);
    return schedule;
  }

  release(id: string): Thing {
    const schedule = this.get(id);
    const subscription = this.get(schedule.subscription);
    Object.assign(schedule, {
      status: 'released',
      subscription: null,
      released_subscription: subscription.id,
    });
    subscription.schedule = null;
    this.tell('subscription_schedule.released', schedule);
    this.tell('customer.subscription.updated', subscription);
    return schedule;
  }

  /** Somebody pays an invoice by hand, in the portal. */
  pay(invoice: Thing): void {
    Object.assign(invoice, {
      status: 'paid',
      attempted: true,
      amount_remaining: 0,
      amount_paid: invoice.total,
    });
    invoice.status_transitions = { ...invoice.status_transitions, paid_at: this.now };
    this.tell('invoice.paid', invoice);
    const subscription = this.get(invoice.parent.subscription_details.subscription);
    const isOwing = this.invoicesOf(invoice.customer).some(
      ({ status, parent }) =>
        status === 'open' && parent.subscription_details.subscription === subscription.id,
    );
    if (subscription.status === 'canceled' || isOwing || subscription.status === 'trialing') return;
    subscription.status = 'active';
    this.tell('customer.subscription.updated', subscription);
  }

  payAll(customer: string): void {
    for (const invoice of this.invoicesOf(customer))
      if (invoice.status === 'open') this.pay(invoice);
  }

  bill(subscription: Thing, amount: number, reason: string): void {
    const { customer, id, currency } = subscription;
    const total = Math.max(0, Math.round(amount * (1 - this.#discountOf(subscription) / 100)));
    const { current_period_start: start, current_period_end: end } = itemOf(subscription);
    const line = { ...shapeOf('line_item', {}), period: { start, end }, amount: total };
    const invoice = this.add('invoice', 'in', {
      ...{ subtotal: total, total_excluding_tax: total, lines: { object: 'list', data: [line] } },
      ...{ customer, currency, billing_reason: reason, status: 'open', total, amount_due: total },
      ...{ amount_remaining: total, attempted: false, due_date: null, auto_advance: true },
      parent: {
        type: 'subscription_details',
        subscription_details: { subscription: id, metadata: {} },
      },
      status_transitions: {
        finalized_at: this.now,
        marked_uncollectible_at: null,
        paid_at: null,
        voided_at: null,
      },
    });
    subscription.latest_invoice = invoice.id;
    this.tell('invoice.created', invoice);
    this.tell('invoice.finalized', invoice);
    if (total === 0 || this.cards.get(customer) === 'good') return this.pay(invoice);
    Object.assign(invoice, { attempted: true, attempt_count: 1 });
    subscription.status = 'past_due';
    this.tell('invoice.payment_failed', invoice);
    this.tell('customer.subscription.updated', subscription);
  }

  /** What time alone has made of it until now. */
  advance(): void {
    const until = this.now;
    for (const subscription of this.all('subscription'))
      for (let turns = 0; subscription.status !== 'canceled' && turns < 100; turns += 1) {
        const { current_period_end: end } = itemOf(subscription);
        if (end > until) break;
        at(this, end, () => this.#turn(subscription, end));
      }
  }

  #turn(subscription: Thing, end: number): void {
    if (subscription.cancel_at_period_end) return void this.#end(subscription, end);
    const wasTrial = subscription.status === 'trialing';
    if (wasTrial) subscription.status = 'active';
    const isAnew = this.#enterPhase(subscription, end);
    this.#startPeriod(subscription, end, wasTrial || isAnew);
    this.tell('customer.subscription.updated', subscription);
    this.bill(subscription, costOf(subscription), 'subscription_cycle');
  }

  #enterPhase(subscription: Thing, end: number): boolean {
    if (subscription.schedule === null) return false;
    const schedule = this.get(subscription.schedule);
    const phase = schedule.phases.find(({ start_date: start }: Thing) => start === end);
    if (!phase) {
      this.release(schedule.id);
      return false;
    }
    const item = itemOf(subscription);
    const price = this.get(phase.items[0].price);
    const isAnew = price.recurring.interval !== item.price.recurring.interval;
    Object.assign(item, { price, quantity: phase.items[0].quantity });
    schedule.current_phase = { start_date: phase.start_date, end_date: phase.end_date };
    return isAnew;
  }

  #startPeriod(subscription: Thing, start: number, isAnew: boolean): void {
    const item = itemOf(subscription);
    if (isAnew) subscription.billing_cycle_anchor = start;
    const { interval } = item.price.recurring;
    item.current_period_start = start;
    item.current_period_end = periodEnd(subscription.billing_cycle_anchor, interval, start);
  }

  #end(subscription: Thing, at: number): Thing {
    if (subscription.status === 'canceled') throw invalid('it is canceled', 'resource_missing');
    const canceled = subscription.canceled_at ?? at;
    Object.assign(subscription, {
      status: 'canceled',
      ended_at: at,
      canceled_at: canceled,
      schedule: null,
    });
    this.tell('customer.subscription.deleted', subscription);
    return subscription;
  }

  #discountOf({ discounts }: Thing): number {
    return Math.max(0, ...discounts.map((coupon: string) => Number(this.get(coupon).percent_off)));
  }
}

export function itemOf(subscription: Thing): Thing {
  return subscription.items.data[0];
}

function costOf(subscription: Thing): number {
  const { price, quantity } = itemOf(subscription);
  return price.unit_amount * quantity;
}

function declined(): Refusal {
  return new Refusal(402, {
    type: 'card_error',
    code: 'card_declined',
    message: 'Your card was declined.',
  });
}

function missing(id: string): { type: string; code: string; message: string } {
  return {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such object: ${id}`,
  };
}

/** Does something at the time at which it was due. */
function at(world: StripeWorld, time: number, act: () => void): void {
  const before = Object.getOwnPropertyDescriptor(world, 'now');
  Object.defineProperty(world, 'now', { value: time, configurable: true });
  try {
    act();
  } finally {
    delete (world as unknown as { now?: number }).now;
    if (before) Object.defineProperty(world, 'now', before);
  }
}
