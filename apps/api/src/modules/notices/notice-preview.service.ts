import { Injectable } from '@nestjs/common';
import { simpleParser } from 'mailparser';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { SystemDb } from '#core/database/system-db.js';
import { MailTransport } from '#modules/email/mail-transport.service.js';
import type { NoticeDto, NoticeMailDto } from './dto/notice.dto.js';
import { NOTICE_FOLDER } from './notice-courier.service.js';
import { NOTICE_KINDS, type NoticeKind } from './notice-kinds.js';
import { NoticeNotFound } from './notices.exceptions.js';
import { OWN_LETTERHEAD, renderNotice } from './render-notice.js';

/**
 * What was mailed to people about their accounts, for a developer's eyes: there is no mail server, and whoever
 * registers has no desk yet to look into. Whoever reads these mails can become anybody, so it is there in
 * development alone, and only as long as no mail leaves the machine.
 */
@Injectable()
export class NoticePreview {
  readonly #isOpen: boolean;

  constructor(
    { settings }: AppConfig,
    private readonly system: SystemDb,
    private readonly transport: MailTransport,
    private readonly clock: Clock,
  ) {
    this.#isOpen = settings.mode === 'development' && settings.smtpUrl === null;
  }

  /** The notices of the deployment, the newest first. Throws {@link NoticeNotFound} where they are not shown. */
  async list(page: PageRequest): Promise<Page<NoticeDto>> {
    this.#refuseElsewhere();
    const [rows, counted] = await Promise.all([
      this.system.client.accountMail.findMany({
        ...newestFirst(page),
        select: { id: true, kind: true, toAddress: true, status: true, createdAt: true },
      }),
      this.system.client.accountMail.count({ take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, (row) => ({
      id: row.id,
      kind: row.kind,
      to: row.toAddress,
      status: row.status,
      createdAt: row.createdAt.toISOString(),
    }));
  }

  /** One of them as it was sent. Throws {@link NoticeNotFound}. */
  async read(id: string): Promise<NoticeMailDto> {
    this.#refuseElsewhere();
    const bytes = await this.transport.read({ organizationId: NOTICE_FOLDER, id });
    if (bytes === null) throw new NoticeNotFound();
    const { subject, text, html } = await simpleParser(bytes);
    return { subject: subject ?? '', text: text ?? '', html: html || '' };
  }

  /** How the notices of `kind` look in `locale`, with made-up values. Throws {@link NoticeNotFound}. */
  sample(kind: string, locale: string): NoticeMailDto {
    this.#refuseElsewhere();
    if (!Object.hasOwn(NOTICE_KINDS, kind)) throw new NoticeNotFound();
    const known = kind as NoticeKind;
    const values = Object.fromEntries(
      NOTICE_KINDS[known].map((name) => [name, this.#sampleOf(name)]),
    );
    return renderNotice(
      known,
      { values },
      { locale, letterhead: OWN_LETTERHEAD, link: 'https://desk.example/somewhere' },
    );
  }

  #sampleOf(name: string): string | number {
    if (name === 'number') return 42;
    if (name === 'days' || name === 'left' || name === 'count') return 7;
    if (name === 'time' || name === 'date') return this.clock.now().toISOString();
    if (name.endsWith('Address')) return `${name === 'oldAddress' ? 'old' : 'new'}@acme.example`;
    const samples: Record<string, string> = {
      name: 'Ada Agent',
      actor: 'Olga Owner',
      inviter: 'Olga Owner',
      organization: 'Acme Support',
      subject: 'The printer is on fire',
      role: 'agent',
      device: 'Firefox on Linux',
      factor: 'totp',
    };
    return samples[name] ?? name;
  }

  #refuseElsewhere(): void {
    if (!this.#isOpen) throw new NoticeNotFound();
  }
}
