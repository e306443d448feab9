import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { currentContext, runInContext } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { PermanentFailure } from '#core/jobs/job-contract.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Log } from '#core/logging/log.js';
import { Metrics, type Count } from '#core/logging/metrics.js';
import { MailTransport } from '#modules/email/mail-transport.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { Notices, type QueuedNotice } from './notices.service.js';
import { OWN_LETTERHEAD, renderNotice, type Letterhead } from './render-notice.js';

/** Notices taken at once. */
const BATCH = 10;
const MOST_ATTEMPTS = 10;
/** Milliseconds before the second try; doubled for each further one: about three hours in all. */
const FIRST_BACKOFF = 20_000;
/** Milliseconds that a settled notice is kept for whoever asks what became of a mail. */
const KEPT_FOR = 30 * 24 * 3_600_000;
/** Where notices lie when there is no mail server, beside the organizations' folders. */
export const NOTICE_FOLDER = 'notices';

const OUTCOMES = ['sent', 'dropped', 'failed', 'given_up'];

interface ClaimedRow {
  id: string;
  kind: QueuedNotice['kind'];
  to_address: string;
  locale: string;
  organization_id: string | null;
  data: QueuedNotice['data'];
  attempts: number;
}

/**
 * Sends what is queued. A claim moves the next try ahead first, so a crash while sending means a second try and never
 * a lost mail; both carry one Message-ID.
 */
@Injectable()
@Sweeps({ name: 'notices.courier', every: 5_000, wokenBy: 'account_mails' })
export class NoticeCourier implements Sweep {
  readonly #count: Count;

  constructor(
    private readonly system: SystemDb,
    private readonly notices: Notices,
    private readonly organizations: OrganizationsService,
    private readonly transport: MailTransport,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.#count = metrics.counter(
      'notice_mails_total',
      'Tries to send a mail to a person of an organization, by how they ended.',
      ['outcome'],
      OUTCOMES.map((outcome) => [outcome]),
    );
  }

  async sweep(): Promise<boolean> {
    const now = this.clock.now();
    const claimed = await this.system.client.$queryRaw<ClaimedRow[]>`
      update account_mails m set attempts = m.attempts + 1,
        next_attempt_at = ${now}::timestamptz + interval '1 millisecond' * ${FIRST_BACKOFF}::int * power(2, m.attempts)
      where m.id in (
        select id from account_mails where status = 'queued' and next_attempt_at <= ${now}::timestamptz
        order by next_attempt_at limit ${BATCH} for update skip locked
      )
      returning m.id, m.kind, m.to_address, m.locale, m.organization_id, m.data, m.attempts`;
    await Promise.all(claimed.map((row) => this.#handle(row)));
    if (claimed.length === 0) await this.#forgetOld(now);
    return claimed.length === BATCH;
  }

  async #handle(row: ClaimedRow): Promise<void> {
    try {
      const outcome = (await this.#send(row)) ? 'sent' : 'dropped';
      await this.#settle(row.id, outcome);
      this.#count(outcome);
    } catch (error) {
      const { message } = error as Error;
      const isOver = error instanceof PermanentFailure || row.attempts >= MOST_ATTEMPTS;
      this.#count(isOver ? 'given_up' : 'failed');
      this.log.warn('notice.not_sent', {
        noticeId: row.id,
        kind: row.kind,
        attempt: row.attempts,
        error,
      });
      if (isOver) await this.#settle(row.id, 'failed', message);
      else await this.#noteFailedTry(row.id, message);
    }
  }

  /** Gives whether there was somebody to write to. */
  async #send(row: ClaimedRow): Promise<boolean> {
    const queued: QueuedNotice = {
      id: row.id,
      kind: row.kind,
      to: row.to_address,
      locale: row.locale,
      organizationId: row.organization_id,
      data: row.data,
    };
    const notice = await this.notices.make(queued);
    if (notice === null) return false;
    const { publicUrl, mailDomain } = this.config.settings;
    const letterhead = await this.#letterhead(row.organization_id);
    const link = notice.path === undefined ? null : `${publicUrl}${notice.path}`;
    const rendered = renderNotice(row.kind, notice, {
      ...{ locale: row.locale, letterhead, link },
      desk: publicUrl,
    });
    const from = { name: letterhead.name, address: `no-reply@${mailDomain}` };
    await this.transport.send(
      {
        envelope: { from: from.address, to: [row.to_address] },
        from,
        to: { name: '', address: row.to_address },
        ...rendered,
        messageId: `<${row.id}.notice@${mailDomain}>`,
        date: this.clock.now(),
        // A machine wrote it: no answering machine answers (RFC 3834).
        headers: {
          ...{ 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
          ...(notice.unsubscribe && unsubscribeHeaders(`${publicUrl}${notice.unsubscribe.post}`)),
        },
        disableFileAccess: true,
        disableUrlAccess: true,
      },
      { organizationId: NOTICE_FOLDER, id: row.id },
    );
    return true;
  }

  async #letterhead(organizationId: string | null): Promise<Letterhead> {
    if (organizationId === null) return OWN_LETTERHEAD;
    const context = { requestId: 'notice', ...currentContext(), organizationId };
    const { name, accent } = await runInContext(context, () => this.organizations.current());
    return { name, accent: accent ?? OWN_LETTERHEAD.accent };
  }

  /** What is settled is told no more of than that: what its maker needed is forgotten. */
  async #settle(id: string, status: 'sent' | 'dropped' | 'failed', error?: string): Promise<void> {
    await this.system.client.accountMail.updateMany({
      where: { id, status: 'queued' },
      data: {
        status,
        settledAt: this.clock.now(),
        data: {},
        lastError: error?.slice(0, 500) ?? null,
      },
    });
  }

  async #noteFailedTry(id: string, error: string): Promise<void> {
    await this.system.client.accountMail.updateMany({
      where: { id },
      data: { lastError: error.slice(0, 500) },
    });
  }

  async #forgetOld(now: Date): Promise<void> {
    await this.system.client.accountMail.deleteMany({
      where: { settledAt: { lt: new Date(now.getTime() - KEPT_FOR) } },
    });
  }
}

/** How a mail program ends such mails with one click and without a page (RFC 8058). */
function unsubscribeHeaders(url: string): Record<string, string> {
  return { 'list-unsubscribe': `<${url}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' };
}
