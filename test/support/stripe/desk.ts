import { StripeSyncSweep } from '../../../apps/api/src/modules/stripe/stripe-sync-sweep.service.js';
import { startApp, type RunningApp } from '../app.js';
import { expectStatus, type Answer, type Client } from '../as.js';
import { asOwner, type TestDatabase } from '../database.js';
import { PASSWORD, type GivenOrganization } from '../given.js';
import { signed, StripeDouble } from './double.js';
import type { Thing } from './shapes.js';

/** The product where Stripe sells, and Stripe beside it, both of one time. */
export class StripeDesk {
  private constructor(
    readonly running: RunningApp,
    readonly double: StripeDouble,
  ) {}

  static async start(database: TestDatabase): Promise<StripeDesk> {
    const double = await StripeDouble.start();
    const running = await startApp({ settings: double.settings, database });
    return StripeDesk.of(running, double);
  }

  /** Of an application that was started with the double's settings. */
  static of(running: RunningApp, double: StripeDouble): StripeDesk {
    double.follow(running.clock);
    return new StripeDesk(running, double);
  }

  async stop(): Promise<void> {
    await this.running.close();
    await this.double.stop();
  }

  /** Goes to `instant`, where Stripe has done what was due. Nothing of it is heard yet. */
  goTo(instant: Date | string): void {
    this.running.clock.set(instant);
    this.double.world.advance();
  }

  goOn(days: number): void {
    this.goTo(new Date(this.running.clock.now().getTime() + days * 86_400_000));
  }

  /** Sends an event as Stripe does. */
  deliver(event: Thing, says: { secret?: string; header?: string } = {}): Promise<Answer> {
    const { payload, header } = signed(event, this.running.clock.now(), says.secret);
    const headers = { 'stripe-signature': says.header ?? header };
    return this.running.as(null).send('POST', '/billing/stripe/events', payload, { headers });
  }

  /** Sends every event that was not sent yet, and lets the worker look. */
  async hear(): Promise<void> {
    for (const event of this.double.world.events.splice(0))
      expectStatus(await this.deliver(event), 200);
    await this.look();
  }

  /** The worker looks until there is nothing more to look at. */
  async look(): Promise<void> {
    while (await this.running.get(StripeSyncSweep).sweep());
  }

  /** What is written here of an organization: its plan, and what it may have. */
  async standing(organizationId: string): Promise<Thing> {
    const { rows } = await asOwner(this.running.database, (client) =>
      client.query(
        `select s.status, s.plan_id as plan, s.seats, s.billed_every as every, e.access, e.seats as may
         from subscriptions s join organization_entitlements e using (organization_id)
         where organization_id = $1 and e.plan_id = s.plan_id`,
        [organizationId],
      ),
    );
    return rows[0];
  }

  /** Whom Stripe knows it as. */
  async customerOf(organizationId: string): Promise<string> {
    const { rows } = await asOwner(this.running.database, (client) =>
      client.query('select customer_id as id from stripe_customers where organization_id = $1', [
        organizationId,
      ]),
    );
    return rows[0]?.id;
  }

  /** The owner with a new session: a token lasts for minutes and a year is long. */
  async owner(acme: GivenOrganization): Promise<Client> {
    const { rows } = await asOwner(this.running.database, (client) =>
      client.query(
        'select i.email from memberships m join identities i on i.id = m.identity_id where m.id = $1',
        [acme.owner.user.id],
      ),
    );
    const body = { email: rows[0].email, password: PASSWORD };
    const answer = await this.running.as(null).post('/auth/sessions', body);
    return this.running.as(expectStatus(answer, 201).body.data.accessToken);
  }

  /** Takes what is chosen as the owner, and gives the plan. */
  async take(acme: GivenOrganization, choice: object): Promise<Thing> {
    const owner = await this.owner(acme);
    return expectStatus(await owner.put('/billing/subscription', choice), 200).body.data;
  }
}
