import { expect } from '@jest/globals';
import { Entitlements } from '#core/tenancy/entitlements.js';
import type { RunningApp } from './app.js';
import { expectStatus, type Client } from './as.js';
import type { BillingDriver } from './billing-driver.js';
import { asOwner } from './database.js';
import { newTicket, PASSWORD, type GivenOrganization } from './given.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;

const TEAM = { planId: 'team', access: 'full', features: ['custom_roles'] };
const BUSINESS = { planId: 'business', access: 'full', features: ['custom_roles', 'sla', 'sso'] };
const STARTER = { planId: 'starter', access: 'full', features: [] };

/** What an organization has and how it stands: what must be equal whoever bills it. */
interface Standing {
  planId: string;
  access: string;
  features: string[];
  seats: number | null;
  status: string | null;
}

/**
 * A year of a tenant: tried, more seats and fewer, a larger plan, a bill that nobody pays until the desk stands still,
 * paid after all, a smaller plan than there are people, cancelled, and back. Asserts at every step what it may, and gives
 * the steps.
 */
export async function tenantYear(
  driver: BillingDriver,
  running: RunningApp,
): Promise<Record<string, Standing>> {
  const year = new Year(driver, running);
  await year.begin();
  await year.trialAndSeats();
  await year.unpaid();
  await year.downgrade();
  await year.goneAndBack();
  return year.steps;
}

class Year {
  readonly steps: Record<string, Standing> = {};
  #acme!: GivenOrganization;
  /** Does what the owner does. */
  #owner!: Client;
  #colleague!: GivenOrganization['owner'];

  constructor(
    private readonly driver: BillingDriver,
    private readonly running: RunningApp,
  ) {}

  async begin(): Promise<void> {
    await this.driver.begin(this.running);
    this.running.clock.set('2027-01-10T09:00:00Z');
    this.#acme = await this.running.given.organization();
    await this.#acme.user('agent');
    this.#colleague = await this.#acme.user('agent');
    // A key does not end with the hour, and costs no sign-in at every step of a year.
    this.#owner = await this.#acme.apiKey(['billing:read', 'billing:write', 'tickets:write']);
    await this.driver.welcome(this.#acme, this.#owner);
    const everything = { ...BUSINESS, planId: 'free-for-all', seats: null, status: null };
    await this.#step('before a plan', everything);
  }

  async trialAndSeats(): Promise<void> {
    const start = this.#now();
    await this.#take('team', 3);
    await this.#step('tried', { ...TEAM, seats: 3, status: 'trialing' });
    await this.#take('team', 5);
    await this.#step('more seats while tried', { ...TEAM, seats: 5, status: 'trialing' });
    await this.#passTo(start + 14 * DAY + HOUR);
    await this.#step('trial over and paid', { ...TEAM, seats: 5, status: 'active' });
    await this.#passTo(this.#now() + 10 * DAY);
    await this.#take('team', 8);
    await this.#step('more seats within the month', { ...TEAM, seats: 8, status: 'active' });
    await this.#take('team', 4);
    await this.#step('fewer seats wait', { ...TEAM, seats: 8, status: 'active' });
    await this.#passTo((await this.#periodEnd()) + HOUR);
    await this.#step('fewer seats', { ...TEAM, seats: 4, status: 'active' });
    await this.#passTo(this.#now() + 5 * DAY);
    await this.#take('business', 4);
    await this.#step('a larger plan at once', { ...BUSINESS, seats: 4, status: 'active' });
  }

  async unpaid(): Promise<void> {
    await this.driver.letPay(this.#acme, false);
    const billed = await this.#periodEnd();
    const overdue = billed + this.driver.daysToPay * DAY;
    await this.#passTo(billed - HOUR);
    const business = { ...BUSINESS, seats: 4 };
    await this.#step('before the bill', { ...business, status: 'active' });
    await this.#passTo(overdue + HOUR);
    await this.#step('overdue', { ...business, status: 'past_due' });
    await this.#passTo(overdue + 7 * DAY + HOUR);
    await this.#step('grace', { ...business, status: 'grace' });
    await this.#mayWrite(true);
    await this.#passTo(overdue + 14 * DAY + HOUR);
    const halted = { ...business, access: 'read_only' };
    await this.#step('only reading', { ...halted, status: 'read_only' });
    await this.#mayWrite(false);
    await this.#passTo(overdue + 30 * DAY + HOUR);
    await this.#step('suspended', { ...business, access: 'suspended', status: 'suspended' });
    await this.driver.settle(this.#acme);
    await this.driver.letPay(this.#acme, true);
    await this.driver.settle(this.#acme);
    await this.#step('paid after all', { ...business, status: 'active' });
    await this.#mayWrite(true);
  }

  async downgrade(): Promise<void> {
    const made = await this.#owner.post('/tickets', newTicket());
    const ticket = expectStatus(made, 201).body.data;
    await this.#take('starter', 2);
    await this.#step('a smaller plan waits', { ...BUSINESS, seats: 4, status: 'active' });
    await this.#passTo((await this.#periodEnd()) + HOUR);
    await this.#step('a smaller plan', { ...STARTER, seats: 2, status: 'active' });
    const colleague = await this.#signIn(this.#colleague);
    expectStatus(await colleague.get(`/tickets/${ticket.id}`), 200);
    const refused = await colleague.post('/tickets', newTicket());
    expect(refused.body.error.code).toBe('billing.no_seat');
  }

  async goneAndBack(): Promise<void> {
    await this.driver.cancel(this.#acme, this.#owner);
    await this.#step('cancelled', { ...STARTER, seats: 2, status: 'active' });
    await this.driver.keep(this.#acme, this.#owner);
    await this.#step('kept', { ...STARTER, seats: 2, status: 'active' });
    await this.driver.cancel(this.#acme, this.#owner);
    await this.#passTo((await this.#periodEnd()) + HOUR);
    const over = { ...STARTER, access: 'read_only', seats: 2 };
    await this.#step('over', { ...over, status: 'canceled' });
    await this.#mayWrite(false);
    await this.#passTo(this.#now() + 40 * DAY);
    await this.#step('long over', { ...over, status: 'canceled' });
    await this.#take('team', 3, 'year');
    await this.#step('back by the year', { ...TEAM, seats: 3, status: 'active' });
    await this.#mayWrite(true);
    expectStatus(await (await this.#signIn(this.#colleague)).post('/tickets', newTicket()), 201);
    await this.#passTo(new Date('2028-01-10T09:00:00Z').getTime());
    await this.#step('a year later', { ...TEAM, seats: 3, status: 'active' });
  }

  async #take(planId: string, seats: number, interval: 'month' | 'year' = 'month'): Promise<void> {
    await this.driver.take(this.#acme, this.#owner, { planId, interval, seats });
  }

  async #passTo(instant: number): Promise<void> {
    await this.driver.passTo(new Date(instant));
  }

  /** Asks as the owner does, past what this process remembers. */
  async #step(name: string, expected: Standing): Promise<void> {
    this.running.get(Entitlements).forget(this.#acme.id);
    const { data } = expectStatus(await this.#owner.get('/billing/entitlements'), 200).body;
    const plan = await this.#owner.get('/billing/subscription');
    const standing: Standing = {
      planId: data.planId,
      access: data.access,
      features: data.features.toSorted(),
      seats: data.limits.find((limit: any) => limit.entitlement === 'seats').limit,
      status: plan.status === 200 ? plan.body.data.status : null,
    };
    expect({ [name]: standing }).toEqual({ [name]: expected });
    this.steps[name] = standing;
  }

  async #mayWrite(may: boolean): Promise<void> {
    const answer = await this.#owner.post('/tickets', newTicket());
    if (may) expectStatus(answer, 201);
    else expect(answer.body.error.code).toBe('billing.read_only');
  }

  async #periodEnd(): Promise<number> {
    const { body } = expectStatus(await this.#owner.get('/billing/subscription'), 200);
    return new Date(body.data.periodEnd).getTime();
  }

  #now(): number {
    return this.running.clock.now().getTime();
  }

  /** With a new session: a token lasts for minutes and a year is long. */
  async #signIn({ user }: Pick<GivenOrganization['owner'], 'user'>): Promise<Client> {
    const { rows } = await asOwner(this.running.database, (client) =>
      client.query(
        'select i.email from memberships m join identities i on i.id = m.identity_id where m.id = $1',
        [user.id],
      ),
    );
    const body = { email: rows[0].email, password: PASSWORD };
    const answer = await this.running.as(null).post('/auth/sessions', body);
    return this.running.as(expectStatus(answer, 201).body.data.accessToken);
  }
}
