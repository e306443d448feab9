import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { ProfileMissing } from './billing.exceptions.js';

export interface Profile {
  name: string;
  address: string;
  taxId?: string;
}

const profileSelect = { name: true, address: true, taxId: true } as const;

/** Whom the invoices of the organization in context are made out to, from the next one on. */
@Injectable()
export class BillingProfile {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Throws {@link ProfileMissing}. */
  async get(): Promise<Required<Profile>> {
    const row = await this.find();
    if (!row) throw new ProfileMissing();
    return row;
  }

  /** Null when nobody has said it. */
  find(): Promise<Required<Profile> | null> {
    return this.db.client.billingProfile.findFirst({ select: profileSelect });
  }

  /** Says it, or says it anew. */
  put({ name, address, taxId = '' }: Profile): Promise<Required<Profile>> {
    const data = { name, address, taxId };
    return this.db.transaction(async (tx) => {
      const before = await tx.billingProfile.findFirst({ select: profileSelect });
      if (before && JSON.stringify(before) === JSON.stringify(data)) return data;
      const row = { ...data, updatedAt: this.clock.now() };
      if (before) await tx.billingProfile.updateMany({ where: {}, data: row });
      else await tx.billingProfile.createMany({ data: [row], skipDuplicates: true });
      const subject = { type: 'organization', id: requireOrganizationId('a billing profile') };
      this.ledger.record({ type: 'billing.profile_changed', subject, data: {} });
      return data;
    });
  }
}
