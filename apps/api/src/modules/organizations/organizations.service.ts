import { Injectable } from '@nestjs/common';
import { newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { OrganizationDto } from './dto/organization.dto.js';
import { organizationSelect, toOrganizationDto } from './organizations.view.js';
import { slugOf } from './slug.js';

// A room is entered by its service: sign-in shows the same form of it.
export { organizationSelect, toOrganizationDto };

const factsSelect = {
  name: true,
  slug: true,
  locale: true,
  allowedDomains: true,
  secondFactorRequired: true,
  ssoRequired: true,
  suspendedAt: true,
  deleteAfter: true,
} as const;

export interface OrganizationFacts {
  name: string;
  slug: string;
  locale: string;
  /** Domains of the addresses that may be invited; none means any. */
  allowedDomains: string[];
  secondFactorRequired: boolean;
  ssoRequired: boolean;
  suspendedAt: Date | null;
  deleteAfter: Date | null;
}

/** The tenants themselves. */
@Injectable()
export class OrganizationsService {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
  ) {}

  /** The organization in context. */
  async current(): Promise<OrganizationDto> {
    return toOrganizationDto(
      await this.db.client.organization.findFirstOrThrow({ select: organizationSelect }),
    );
  }

  /**
   * Opens an organization and its ledger inside `tx`, which must have been begun for `id`. The slug is made of the
   * name, with a random tail, so that it says nothing about whose names are taken.
   */
  async open(tx: SystemTransaction, id: string, name: string): Promise<OrganizationDto> {
    const row = await tx.organization.create({
      data: { id, name, slug: slugOf(name) },
      select: organizationSelect,
    });
    await this.ledger.open(tx, id);
    this.ledger.record({
      type: 'organization.registered',
      subject: { type: 'organization', id },
      data: { name, slug: row.slug },
    });
    return toOrganizationDto(row);
  }

  /** What others need to know of an organization that nobody is in yet. Null when it is not there. */
  facts(
    tx: Pick<SystemTransaction, 'organization'>,
    id: string,
  ): Promise<OrganizationFacts | null> {
    return tx.organization.findFirst({ where: { id }, select: factsSelect });
  }

  /** The organization with this slug; null when there is none. */
  async idOf(tx: Pick<SystemTransaction, 'organization'>, slug: string): Promise<string | null> {
    const row = await tx.organization.findFirst({ where: { slug }, select: { id: true } });
    return row?.id ?? null;
  }

  /**
   * Holds the organization's row until the end of `tx`, so that changes of its people and roles go one after the other.
   * To be asked first, before any other row is touched: whoever changes the row's columns takes it before the ledger.
   */
  async lock(tx: SystemTransaction, id: string): Promise<void> {
    // Not `for update`, which would wait for everybody who writes a row that refers to the organization.
    await tx.$queryRaw`select from organizations where id = ${id}::uuid for no key update`;
  }

  /** A new organization's id, which its first transaction needs before the row is there. */
  newOrganizationId(): string {
    return newId();
  }
}
