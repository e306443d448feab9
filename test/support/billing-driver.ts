import type { RunningApp } from './app.js';
import type { Client } from './as.js';
import type { GivenOrganization } from './given.js';

export interface WantedPlan {
  planId: string;
  interval: 'month' | 'year';
  seats: number;
}

/**
 * A provider of billing as a script of a tenant's life drives it: what people do goes by the API as theirs does, and what
 * happens outside (money, time, messages) is done here.
 */
export interface BillingDriver {
  readonly name: string;
  /** What the environment says for it. */
  readonly settings: Record<string, string>;
  /** Days from a bill until it is overdue when nobody pays it. */
  readonly daysToPay: number;
  /** Called once, when the application runs. */
  begin(running: RunningApp): Promise<void>;
  /** Makes an organization one that can be billed. */
  welcome(acme: GivenOrganization, owner: Client): Promise<void>;
  /** Takes a plan, or changes it, to the end: with all that the person does elsewhere, such as at a checkout. */
  take(acme: GivenOrganization, owner: Client, wanted: WantedPlan): Promise<void>;
  cancel(acme: GivenOrganization, owner: Client): Promise<void>;
  keep(acme: GivenOrganization, owner: Client): Promise<void>;
  /** Whether bills are paid when they come, from now on. They are until it is said otherwise. */
  letPay(acme: GivenOrganization, does: boolean): Promise<void>;
  /** Pays all that is open. */
  settle(acme: GivenOrganization): Promise<void>;
  /** Time goes on until `instant`, and all that provider and worker do by then is done. */
  passTo(instant: Date): Promise<void>;
}
