import { expectStatus, type Client } from '../as.js';
import type { RunningApp } from '../app.js';
import { laterAt, PROFILE } from '../billing.js';
import type { BillingDriver, WantedPlan } from '../billing-driver.js';
import type { GivenOrganization } from '../given.js';
import { StripeDesk } from './desk.js';
import { StripeDouble } from './double.js';

/** Stripe: cards are charged by themselves, and everything is heard of by events. */
export class StripeDriver implements BillingDriver {
  readonly name = 'stripe';
  /** A card is charged when the bill is made out. */
  readonly daysToPay = 0;
  readonly settings: Record<string, string>;
  #desk!: StripeDesk;

  private constructor(private readonly double: StripeDouble) {
    this.settings = double.settings;
  }

  static async start(): Promise<StripeDriver> {
    return new StripeDriver(await StripeDouble.start());
  }

  begin(running: RunningApp): Promise<void> {
    this.#desk = StripeDesk.of(running, this.double);
    return Promise.resolve();
  }

  async welcome(_acme: GivenOrganization, owner: Client): Promise<void> {
    expectStatus(await owner.put('/billing/profile', PROFILE), 200);
  }

  /** Who takes their first plan enters a card in the portal as well. */
  async take(acme: GivenOrganization, owner: Client, wanted: WantedPlan): Promise<void> {
    expectStatus(await owner.put('/billing/subscription', wanted), 200);
    const id = await this.#desk.customerOf(acme.id);
    if (!this.double.world.cards.has(id)) this.double.world.setCard(id, 'good');
    await this.#desk.hear();
  }

  async cancel(_acme: GivenOrganization, owner: Client): Promise<void> {
    expectStatus(await owner.put('/billing/subscription/cancellation'), 200);
    await this.#desk.hear();
  }

  async keep(_acme: GivenOrganization, owner: Client): Promise<void> {
    expectStatus(await owner.delete('/billing/subscription/cancellation'), 200);
    await this.#desk.hear();
  }

  async letPay({ id }: GivenOrganization, does: boolean): Promise<void> {
    this.double.world.setCard(await this.#desk.customerOf(id), does ? 'good' : 'bad');
    await this.#desk.hear();
  }

  async settle({ id }: GivenOrganization): Promise<void> {
    this.double.world.payAll(await this.#desk.customerOf(id));
    await this.#desk.hear();
  }

  async passTo(instant: Date): Promise<void> {
    this.#desk.goTo(instant);
    await this.#desk.hear();
    await laterAt(this.#desk.running, instant.toISOString());
  }

  stop(): Promise<void> {
    return this.double.stop();
  }
}
