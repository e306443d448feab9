import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Metrics, type Count } from '#core/logging/metrics.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { TicketIntake, type TakenIn } from '#modules/tickets/ticket-intake.service.js';
import type { Disposition, InboundMailDto } from './dto/inbound-mail.dto.js';
import { MailMalformed } from './email.exceptions.js';
import { MailFiles, type KeptFile } from './mail-files.service.js';
import { MailReader } from './mail-reader.js';
import { MailSigner } from './mail-signer.js';
import { MalformedMail } from './mime/malformed-mail.js';
import type { ParsedMail } from './mime/parse-mail.js';
import { incomingMail } from './incoming-mail.js';
import { answersNotice, isNotice } from './mime/own-notice.js';
import { decideThread, type ThreadDecision } from './mime/threading.js';

const HOUR = 3_600_000;
/** Mails of one machine in an hour past which it is taken for a loop: headers alone never tell (two robots need none). */
const MOST_AUTOMATIC = 20;
/** Mails of anyone to one ticket in an hour past which somebody's program is answering ours. */
const MOST_ON_A_TICKET = 100;

const OUTCOMES = ['ticket', 'reply', 'duplicate', 'rejected', 'malformed', 'failed'];

interface Verdict {
  disposition: Disposition;
  reason: string | null;
  taken: TakenIn | null;
}

interface Received {
  raw: Buffer<ArrayBuffer>;
  mail: ParsedMail;
  fingerprint: Buffer<ArrayBuffer>;
  files: KeptFile[];
}

/**
 * Takes mails in. Each ends in exactly one row with one disposition, written together with what it became, and the
 * raw bytes are kept: nothing is dropped in silence.
 */
@Injectable()
export class InboundMailService {
  readonly #count: Count;

  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly tickets: TicketIntake,
    private readonly signer: MailSigner,
    private readonly reader: MailReader,
    private readonly files: MailFiles,
    metrics: Metrics,
  ) {
    this.#count = metrics.counter(
      'inbound_mails_total',
      'Mails that were handed in, by what became of them; failed ones have to be handed in again.',
      ['outcome'],
      OUTCOMES.map((outcome) => [outcome]),
    );
  }

  /** Takes one raw mail (RFC 5322). Throws {@link MailMalformed} for bytes that are none, and then writes nothing. */
  async take(raw: Buffer<ArrayBuffer>): Promise<InboundMailDto> {
    try {
      const taken = await this.#take(raw);
      this.#count(taken.disposition);
      return taken;
    } catch (error) {
      this.#count(error instanceof MailMalformed ? 'malformed' : 'failed');
      throw error;
    }
  }

  async #take(raw: Buffer<ArrayBuffer>): Promise<InboundMailDto> {
    const read = await this.#read(raw);
    const thread = await this.#thread(read.mail);
    const received = { ...read, files: await this.files.take(read.mail.attachments) };
    try {
      return await this.#write(received, thread);
    } catch (error) {
      // Another delivery of the same mail was written between our look and our insert: now it is found.
      if ((error as { code?: string }).code === 'P2002') return await this.#write(received, thread);
      throw error;
    } finally {
      await this.files.release(received.files);
    }
  }

  async #read(raw: Buffer<ArrayBuffer>): Promise<Omit<Received, 'files'>> {
    try {
      const { mail, fingerprint } = await this.reader.read(raw);
      return { raw, mail, fingerprint: Buffer.from(fingerprint, 'hex') };
    } catch (error) {
      if (error instanceof MalformedMail) throw new MailMalformed(error.message);
      throw error;
    }
  }

  async #thread(mail: ParsedMail): Promise<ThreadDecision> {
    const thread = await decideThread(mail, requireOrganizationId('a mail'), this.signer, {
      ticketsByMessageId: (ids) => this.tickets.ticketsByMail(ids),
      isParticipant: (ticketId, email) => this.tickets.isParticipant(ticketId, email),
    });
    if (thread.kind !== 'reply') return thread;
    // What was merged goes on where it went, and is counted there.
    return {
      ...thread,
      ticketId: (await this.tickets.standing(thread.ticketId)) ?? thread.ticketId,
    };
  }

  async #write(received: Received, thread: ThreadDecision): Promise<InboundMailDto> {
    return this.db.transaction(async (tx) => {
      const verdict = await this.#judge(tx, received, thread);
      const { mail, raw, fingerprint } = received;
      const id = newId();
      await tx.inboundMail.createMany({
        data: [
          {
            ...{ id, raw, size: raw.length, fingerprint },
            messageIdHeader: mail.messageId,
            fromAddress: mail.from?.email ?? null,
            subject: mail.subject,
            disposition: verdict.disposition,
            reason: verdict.reason,
            ticketId: verdict.taken?.ticketId ?? null,
            messageId: verdict.taken?.messageId ?? null,
            autoGenerated: mail.automatic.length > 0,
            receivedAt: this.clock.now(),
          },
        ],
      });
      this.ledger.record({
        type: verdict.disposition === 'rejected' ? 'mail.rejected' : 'mail.received',
        subject: { type: 'mail', id },
        data: {
          disposition: verdict.disposition,
          reason: verdict.reason,
          from: mail.from?.email ?? null,
          ...verdict.taken,
        },
      });
      const { ticketId = null, ticketNumber = null, messageId = null } = verdict.taken ?? {};
      return {
        id,
        disposition: verdict.disposition,
        reason: verdict.reason,
        ticketId,
        ticketNumber,
        messageId,
      };
    });
  }

  async #judge(
    tx: TenantTransaction,
    received: Received,
    thread: ThreadDecision,
  ): Promise<Verdict> {
    const { mail, fingerprint } = received;
    const same = await tx.inboundMail.findFirst({
      where: { fingerprint, disposition: { in: ['ticket', 'reply'] } },
      select: { ticketId: true, messageId: true },
    });
    if (same) {
      const ticketNumber = await this.tickets.numberOf(tx, same.ticketId!);
      const taken = { ticketId: same.ticketId!, ticketNumber, messageId: same.messageId! };
      return { disposition: 'duplicate', reason: 'the same mail was taken before', taken };
    }
    const reason = await this.#reasonToReject(tx, mail, thread);
    if (reason !== null) return { disposition: 'rejected', reason, taken: null };
    const taken = await this.#enter(tx, received, thread);
    return { disposition: thread.kind === 'reply' ? 'reply' : 'ticket', reason: null, taken };
  }

  async #enter(
    tx: TenantTransaction,
    { mail, files }: Received,
    thread: ThreadDecision,
  ): Promise<TakenIn> {
    const counted = await this.files.record(tx, files);
    const isOwn = (email: string): boolean => this.signer.isOwn(email);
    const incoming = incomingMail(mail, counted, isOwn);
    const taken =
      thread.kind === 'reply'
        ? await this.tickets.add(tx, thread.ticketId, incoming)
        : await this.tickets.open(tx, incoming);
    await this.files.attach(tx, counted, taken.messageId);
    return taken;
  }

  async #reasonToReject(
    tx: TenantTransaction,
    mail: ParsedMail,
    thread: ThreadDecision,
  ): Promise<string | null> {
    if (mail.from === null) return 'no_sender';
    if (thread.kind === 'own' || isNotice(mail, this.signer.domain)) return 'own_mail_came_back';
    if (thread.kind === 'ticket' && answersNotice(mail, this.signer.domain))
      return 'notice_answered';
    const since = { gte: new Date(this.clock.now().getTime() - HOUR) };
    if (mail.automatic.length > 0) {
      const where = { fromAddress: mail.from.email, receivedAt: since, autoGenerated: true };
      if ((await tx.inboundMail.count({ where, take: MOST_AUTOMATIC })) >= MOST_AUTOMATIC)
        return 'mail_loop';
    }
    if (thread.kind === 'reply') {
      const where = { ticketId: thread.ticketId, receivedAt: since };
      if ((await tx.inboundMail.count({ where, take: MOST_ON_A_TICKET })) >= MOST_ON_A_TICKET)
        return 'mail_loop';
    }
    return null;
  }
}
