import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import type { Notice, NoticeEntry, NoticeKind } from './notice-kinds.js';

export type { Notice, NoticeEntry, NoticeKind };

/** A mail that somebody is owed about their account. */
export interface NewNotice {
  kind: NoticeKind;
  to: string;
  /** `en` if absent. A language that we do not write falls back to it. */
  locale?: string;
  /** Whose name and colour it carries; absent, it is Manydesk's. */
  organizationId?: string;
  /** What the maker of its kind needs: ids and names, never a token. */
  data?: Record<string, string | number | null>;
}

/** What a queued notice says when it is sent; null when there is nobody to say it to. */
export type NoticeMaker = (queued: QueuedNotice) => Promise<Notice | null>;

export interface QueuedNotice {
  id: string;
  kind: NoticeKind;
  to: string;
  locale: string;
  organizationId: string | null;
  data: Record<string, string | number | null>;
}

/**
 * Mails to people about their account. A room queues one in the transaction that asks for it, and registers a maker
 * that says, when the mail is sent, what stands in it: so the queue holds no token, and asking for a mail costs one
 * insert whoever the address belongs to.
 */
@Injectable()
export class Notices {
  readonly #makers = new Map<NoticeKind, NoticeMaker>();

  constructor(private readonly clock: Clock) {}

  /** Registers who makes the notices of `kind`. Throws when somebody does already. */
  register(kind: NoticeKind, maker: NoticeMaker): void {
    if (this.#makers.has(kind)) throw new Error(`two makers of the notice ${kind}`);
    this.#makers.set(kind, maker);
  }

  /** Queues a notice in `tx`. One insert. */
  async post(tx: Pick<SystemTransaction, 'accountMail'>, notice: NewNotice): Promise<void> {
    const now = this.clock.now();
    await tx.accountMail.create({
      data: {
        id: newId(),
        kind: notice.kind,
        toAddress: notice.to,
        locale: notice.locale ?? 'en',
        organizationId: notice.organizationId ?? null,
        data: notice.data ?? {},
        createdAt: now,
        nextAttemptAt: now,
      },
      select: { id: true },
    });
  }

  /** What `queued` says now. Throws when nobody makes its kind. */
  make(queued: QueuedNotice): Promise<Notice | null> {
    const maker = this.#makers.get(queued.kind);
    if (!maker) throw new Error(`nobody makes the notice ${queued.kind}`);
    return maker(queued);
  }
}
