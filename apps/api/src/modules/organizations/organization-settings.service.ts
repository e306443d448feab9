import { Injectable } from '@nestjs/common';
import { requireOrganizationId } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { OrganizationDto } from './dto/organization.dto.js';
import type { SecurityPolicyDto } from './dto/security-policy.dto.js';
import { changesOf, isTimeZone } from './organization-terms.js';
import { OrganizationsService } from './organizations.service.js';
import { organizationSelect, toOrganizationDto } from './organizations.view.js';
import { reworded } from './slug.js';

export interface OrganizationChange {
  name?: string;
  /** The words of the slug. */
  slug?: string;
  timeZone?: string;
  locale?: string;
  accent?: string | null;
}

export interface SecurityChange {
  sessionHours?: number;
  secondFactorRequired?: boolean;
  allowedDomains?: string[];
}

const securitySelect = {
  sessionHours: true,
  secondFactorRequired: true,
  allowedDomains: true,
  ssoRequired: true,
} as const;

/** What an organization says of itself, and what it demands of its people. */
@Injectable()
export class OrganizationSettings {
  constructor(
    private readonly db: TenantDb,
    private readonly system: SystemDb,
    private readonly organizations: OrganizationsService,
    private readonly ledger: Ledger,
  ) {}

  /** Changes what is given and leaves the rest. Throws ValidationFailed for a zone that is none, or a slug of nothing. */
  change(change: OrganizationChange): Promise<OrganizationDto> {
    const { slug: words, timeZone, accent, ...rest } = change;
    if (timeZone !== undefined && !isTimeZone(timeZone))
      throw new ValidationFailed([
        { field: 'timeZone', problem: 'is no time zone such as Europe/Berlin' },
      ]);
    const id = requireOrganizationId('the settings');
    // The slug is unique across organizations, so the tenant role may not write it: it could ask by it whose is taken.
    return this.system.transactionIn(id, async (tx) => {
      await this.organizations.lock(tx, id);
      const where = { id };
      const before = await tx.organization.findFirstOrThrow({ where, select: organizationSelect });
      const slug = words === undefined ? undefined : reworded(before.slug, words);
      if (slug === null)
        throw new ValidationFailed([{ field: 'slug', problem: 'has no letter or digit' }]);
      const wanted = { ...rest, timeZone, slug, accent: accent?.toLowerCase() ?? accent };
      const changes = changesOf(before, given(wanted));
      if (Object.keys(changes).length === 0) return toOrganizationDto(before);
      const data = Object.fromEntries(
        Object.entries(changes).map(([field, [, now]]) => [field, now]),
      );
      await tx.organization.updateMany({ where, data });
      this.#tell('organization.updated', id, changes);
      return toOrganizationDto({ ...before, ...data });
    });
  }

  /** What is demanded of the people. */
  security(): Promise<SecurityPolicyDto> {
    return this.db.client.organization.findFirstOrThrow({ select: securitySelect });
  }

  /** Changes what is given of it, at once and for sessions that are open too. */
  async changeSecurity(change: SecurityChange): Promise<SecurityPolicyDto> {
    const id = requireOrganizationId('the security policy');
    return this.db.transaction(async (tx) => {
      const before = await tx.organization.findFirstOrThrow({ select: securitySelect });
      const domains = change.allowedDomains?.map((domain) => domain.toLowerCase());
      const changes = changesOf(before, given({ ...change, allowedDomains: domains }));
      if (Object.keys(changes).length === 0) return before;
      const data = Object.fromEntries(
        Object.entries(changes).map(([field, [, now]]) => [field, now]),
      );
      await tx.organization.updateMany({ data });
      this.#tell('organization.security_changed', id, changes);
      return { ...before, ...data };
    });
  }

  #tell(type: string, id: string, changes: Record<string, [unknown, unknown]>): void {
    this.ledger.record({ type, subject: { type: 'organization', id }, data: {}, changes });
  }
}

/** `fields` without those that were not sent. */
function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as never;
}
