import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { requireOrganizationId } from '#core/context/context.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { OutboundMailDto } from './dto/outbound-mail.dto.js';
import { MailboxNotHere, MailNotFound } from './email.exceptions.js';
import { MailTransport } from './mail-transport.service.js';
import { outboundMailSelect, toOutboundMailDto } from './outbound-mails.view.js';

/** What was sent, for a developer's eyes. In production it is as if it were not there. */
@Injectable()
export class MailboxService {
  readonly #isOpen: boolean;

  constructor(
    { settings }: AppConfig,
    private readonly db: TenantDb,
    private readonly transport: MailTransport,
  ) {
    this.#isOpen = settings.mode !== 'production';
  }

  /** The sent mails, the newest first. Throws {@link MailboxNotHere}. */
  async list(page: PageRequest): Promise<Page<OutboundMailDto>> {
    this.#refuseInProduction();
    const [rows, counted] = await Promise.all([
      this.db.client.outboundMail.findMany({
        ...newestFirst(page),
        select: outboundMailSelect,
      }),
      this.db.client.outboundMail.count({ take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, toOutboundMailDto);
  }

  /** The bytes of one mail; the row is found in the organization before the file is opened. Throws {@link MailNotFound}. */
  async raw(id: string): Promise<Buffer> {
    this.#refuseInProduction();
    const row = await this.db.client.outboundMail.findFirst({
      where: { id },
      select: { id: true },
    });
    const bytes =
      row &&
      (await this.transport.read({ organizationId: requireOrganizationId('a mail'), id: row.id }));
    if (!bytes) throw new MailNotFound();
    return bytes;
  }

  #refuseInProduction(): void {
    if (!this.#isOpen) throw new MailboxNotHere();
  }
}
