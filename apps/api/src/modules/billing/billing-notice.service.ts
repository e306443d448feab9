import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { Notices, type QueuedNotice } from '#modules/notices/notices.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { PeopleService } from '#modules/users/people.service.js';
import type { InvoiceDto } from './dto/invoice.dto.js';
import { dayOf } from './invoices.view.js';
import { money } from './money.js';
import type { Status } from './subscription-machine.js';

type Values = Record<string, string | number>;

/** Mails to the owners of an organization about what it has, owes and may. Queued with what they are about. */
@Injectable()
export class BillingNotice implements OnModuleInit {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly people: PeopleService,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    for (const kind of ['billing_invoice', 'billing_status', 'billing_limit'] as const)
      this.notices.register(kind, ({ data }: QueuedNotice) =>
        Promise.resolve({ values: data as Values }),
      );
  }

  invoice(
    tx: SystemTransaction,
    organizationId: string,
    { number, total, currency, dueAt }: InvoiceDto,
  ): Promise<void> {
    const values = { number, total: money(total, currency), date: dayOf(new Date(dueAt)) };
    return this.#post(tx, organizationId, 'billing_invoice', values);
  }

  status(tx: SystemTransaction, organizationId: string, status: Status): Promise<void> {
    return this.#post(tx, organizationId, 'billing_status', { status });
  }

  /** That so much of something is used. */
  limit(
    tx: SystemTransaction,
    organizationId: string,
    values: { entitlement: string; percent: number },
  ): Promise<void> {
    return this.#post(tx, organizationId, 'billing_limit', values);
  }

  async #post(
    tx: SystemTransaction,
    organizationId: string,
    kind: 'billing_invoice' | 'billing_status' | 'billing_limit',
    values: Values,
  ): Promise<void> {
    const facts = await this.organizations.facts(tx, organizationId);
    if (!facts) return;
    for (const { name, email } of await this.people.owners(tx, organizationId))
      await this.notices.post(tx, {
        ...{ kind, to: email, locale: facts.locale, organizationId },
        data: { ...values, name, organization: facts.name },
      });
  }
}
