import { Injectable } from '@nestjs/common';
import { AdminDb } from '#core/database/admin-db.js';
import { Overrides } from '#modules/billing/overrides.service.js';
import { Subscriptions } from '#modules/billing/subscriptions.service.js';
import type { NewOverrideDto } from './dto/override.dto.js';
import type { StaffBillingDto } from './dto/staff-billing.dto.js';
import { KnownStaffWriter } from './known-staff.service.js';
import { StaffActs } from './staff-acts.service.js';
import { StaffOrganizations } from './staff-organizations.service.js';

/** What an organization has taken, and what staff give it instead: in its own log, and with the reason in theirs. */
@Injectable()
export class StaffBilling {
  constructor(
    private readonly db: AdminDb,
    private readonly organizations: StaffOrganizations,
    private readonly subscriptions: Subscriptions,
    private readonly overrides: Overrides,
    private readonly known: KnownStaffWriter,
    private readonly acts: StaffActs,
  ) {}

  /** Throws StaffOrganizationNotFound. */
  async of(organizationId: string): Promise<StaffBillingDto> {
    await this.organizations.one(organizationId);
    const [subscription, given] = await Promise.all([
      this.subscriptions.of(organizationId),
      this.overrides.of(organizationId),
    ]);
    return { subscription, override: given && { ...given, until: given.until.toISOString() } };
  }

  /** Gives it from now on, instead of what was given before. Throws StaffOrganizationNotFound, BillingIsOff, ValidationFailed. */
  async give(
    organizationId: string,
    { terms, reason, until }: NewOverrideDto,
  ): Promise<StaffBillingDto> {
    await this.#show(organizationId);
    const given = Object.fromEntries(
      Object.entries(terms).filter(([, value]) => value !== undefined),
    );
    await this.overrides.give(
      organizationId,
      { terms: given, reason, until: new Date(until) },
      (tx) =>
        this.acts.record(tx, {
          type: 'billing.override_given',
          organizationId,
          data: { given: Object.keys(given).join(' '), reason, until },
        }),
    );
    return this.of(organizationId);
  }

  /** Takes it back. Throws StaffOrganizationNotFound, OverrideNotFound. */
  async end(organizationId: string): Promise<StaffBillingDto> {
    await this.#show(organizationId);
    await this.overrides.end(organizationId, (tx) =>
      this.acts.record(tx, { type: 'billing.override_ended', organizationId }),
    );
    return this.of(organizationId);
  }

  /** Before the work, which has its own transaction: the organization's trail must know whose name to show. */
  async #show(organizationId: string): Promise<void> {
    await this.organizations.one(organizationId);
    await this.db.transaction((tx) => this.known.show(tx, organizationId));
  }
}
