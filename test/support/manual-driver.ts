import { InvoicePayments } from '../../apps/api/src/modules/billing/invoice-payments.service.js';
import type { RunningApp } from './app.js';
import { expectStatus, type Client } from './as.js';
import { laterAt, PROFILE, SELLING } from './billing.js';
import type { BillingDriver, WantedPlan } from './billing-driver.js';
import { asOwner } from './database.js';
import type { GivenOrganization } from './given.js';

/** Invoices of our own: the operator marks them as paid, and the worker looks when something is due. */
export class ManualDriver implements BillingDriver {
  readonly name = 'manual';
  readonly settings = SELLING;
  readonly daysToPay = 14;
  readonly #paying = new Set<string>();
  #running!: RunningApp;

  begin(running: RunningApp): Promise<void> {
    this.#running = running;
    return Promise.resolve();
  }

  async welcome(acme: GivenOrganization, owner: Client): Promise<void> {
    this.#paying.add(acme.id);
    expectStatus(await owner.put('/billing/profile', PROFILE), 200);
  }

  async take(_acme: GivenOrganization, owner: Client, wanted: WantedPlan): Promise<void> {
    expectStatus(await owner.put('/billing/subscription', wanted), 200);
    await this.#pay();
  }

  async cancel(_acme: GivenOrganization, owner: Client): Promise<void> {
    expectStatus(await owner.put('/billing/subscription/cancellation'), 200);
  }

  async keep(_acme: GivenOrganization, owner: Client): Promise<void> {
    expectStatus(await owner.delete('/billing/subscription/cancellation'), 200);
  }

  letPay({ id }: GivenOrganization, does: boolean): Promise<void> {
    if (does) this.#paying.add(id);
    else this.#paying.delete(id);
    return Promise.resolve();
  }

  async settle({ id }: GivenOrganization): Promise<void> {
    for (const number of await this.#open(id)) await this.#markPaid(number);
  }

  async passTo(instant: Date): Promise<void> {
    for (let at = await this.#next(instant); at !== null; at = await this.#next(instant))
      await this.#look(at);
    await this.#look(instant);
  }

  /** When time alone changes something next, until `instant`. */
  async #next(instant: Date): Promise<Date | null> {
    const { rows } = await asOwner(this.#running.database, (client) =>
      client.query('select min(look_at) as at from subscriptions where look_at <= $1', [instant]),
    );
    return rows[0].at;
  }

  async #look(at: Date): Promise<void> {
    await laterAt(this.#running, at.toISOString());
    await this.#pay();
  }

  async #pay(): Promise<void> {
    for (const id of this.#paying)
      for (const number of await this.#open(id)) await this.#markPaid(number);
  }

  async #markPaid(number: string): Promise<void> {
    await this.#running.get(InvoicePayments).markPaid(number);
  }

  async #open(organizationId: string): Promise<string[]> {
    const { rows } = await asOwner(this.#running.database, (client) =>
      client.query(
        `select number from invoices where organization_id = $1 and status = 'open' order by number`,
        [organizationId],
      ),
    );
    return rows.map(({ number }: { number: string }) => number);
  }
}
