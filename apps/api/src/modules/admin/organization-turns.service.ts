import { Injectable } from '@nestjs/common';
import { currentContext, runInContext } from '#core/context/context.js';
import { AdminDb } from '#core/database/admin-db.js';
import { DeletionsService } from '#modules/departures/deletions.service.js';
import { OrganizationStanding } from '#modules/organizations/organization-standing.service.js';
import type { StaffDeletionDto, StaffOrganizationDto } from './dto/staff-organization.dto.js';
import { KnownStaffWriter } from './known-staff.service.js';
import { StaffActs } from './staff-acts.service.js';
import { StaffOrganizations } from './staff-organizations.service.js';

/** What staff do to a whole organization: in its own log, and with the reason in theirs. */
@Injectable()
export class OrganizationTurns {
  constructor(
    private readonly db: AdminDb,
    private readonly organizations: StaffOrganizations,
    private readonly standing: OrganizationStanding,
    private readonly deletions: DeletionsService,
    private readonly known: KnownStaffWriter,
    private readonly acts: StaffActs,
  ) {}

  /** Stops its programs and lets its people only read, at once. Throws StaffOrganizationNotFound. */
  suspend(id: string, reason: string): Promise<StaffOrganizationDto> {
    return this.#turn(id, 'organization.suspended', reason, ({ slug }) =>
      this.standing.suspend(slug),
    );
  }

  /** Lets it work again. Throws StaffOrganizationNotFound. */
  restore(id: string): Promise<StaffOrganizationDto> {
    return this.#turn(id, 'organization.resumed', null, ({ slug }) => this.standing.resume(slug));
  }

  /**
   * Sets the day of its deletion, of which every owner is told and which each of them can take back. Throws
   * StaffOrganizationNotFound, ValidationFailed for another slug, and then nothing is written.
   */
  doom(id: string, { slug, reason }: StaffDeletionDto): Promise<StaffOrganizationDto> {
    return this.#turn(id, 'organization.deletion_scheduled', reason, () =>
      within(id, () => this.deletions.schedule(slug)),
    );
  }

  /** Keeps it after all. Throws StaffOrganizationNotFound, DeletionHasBegun. */
  keep(id: string): Promise<StaffOrganizationDto> {
    return this.#turn(id, 'organization.deletion_cancelled', null, () =>
      within(id, () => this.deletions.cancel()),
    );
  }

  async #turn(
    organizationId: string,
    type: string,
    reason: string | null,
    work: (organization: StaffOrganizationDto) => Promise<unknown>,
  ): Promise<StaffOrganizationDto> {
    const organization = await this.organizations.one(organizationId);
    // Before the work, which has its own transaction: the organization's trail must know whose name to show.
    await this.db.transaction((tx) => this.known.show(tx, organizationId));
    await work(organization);
    await this.db.transaction((tx) =>
      this.acts.record(tx, { type, organizationId, data: { reason } }),
    );
    return this.organizations.one(organizationId);
  }
}

/** Runs `work` as the staff member who asks, inside the organization. */
function within<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
  return runInContext({ requestId: 'staff', ...currentContext(), organizationId }, work);
}
