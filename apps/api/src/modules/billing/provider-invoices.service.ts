import { Injectable } from '@nestjs/common';
import { newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import type { Biller } from './subscription-machine.js';

/** What was paid, as a provider that makes out its own invoices tells it. Amounts are in the smallest unit. */
export interface PaidInvoice {
  billedBy: Exclude<Biller, 'manual'>;
  /** What the provider calls it. */
  providerId: string;
  number: string;
  currency: string;
  net: number;
  tax: number;
  total: number;
  /** What of the total was taken back since. */
  credited: number;
  periodStart: Date;
  periodEnd: Date;
  issuedAt: Date;
  paidAt: Date;
}

/** Where a provider writes down what it was paid: once each, however often and in whatever order it is told. */
@Injectable()
export class ProviderInvoices {
  /** Writes in `tx` what of `paid` is not there yet, with the organization held. What was taken back since is noted. */
  async keep(
    tx: SystemTransaction,
    organizationId: string,
    paid: readonly PaidInvoice[],
  ): Promise<void> {
    if (paid.length === 0) return;
    const known = await tx.providerInvoice.findMany({
      where: { organizationId },
      select: { providerId: true, credited: true },
    });
    const before = new Map(known.map(({ providerId, credited }) => [providerId, Number(credited)]));
    const fresh = paid.filter(({ providerId }) => !before.has(providerId));
    if (fresh.length > 0)
      await tx.providerInvoice.createMany({
        data: fresh.map((invoice) => ({ ...invoice, organizationId, ...ownOf(invoice) })),
      });
    for (const { providerId, credited } of paid)
      if (before.has(providerId) && before.get(providerId) !== credited)
        await tx.providerInvoice.updateMany({
          where: { organizationId, providerId },
          data: { credited: BigInt(credited) },
        });
  }
}

function ownOf({ net, tax, total, credited, issuedAt }: PaidInvoice) {
  const amounts = { net: BigInt(net), tax: BigInt(tax), total: BigInt(total) };
  return { ...amounts, credited: BigInt(credited), id: newId(), createdAt: issuedAt };
}
