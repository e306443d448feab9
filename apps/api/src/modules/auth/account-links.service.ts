import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { LinkInvalid } from './auth.exceptions.js';

const HOUR = 3_600_000;
/** Milliseconds that a link's row is kept past its end. */
const KEPT_FOR = 7 * 24 * HOUR;
/** Mails of one purpose to one address in an hour. */
const MOST_AN_HOUR = 5;
const ID_BYTES = 16;
const TAG_BYTES = 32;

export type LinkPurpose = 'registration' | 'password_reset' | 'email_change';

/** Milliseconds that a link is good. */
const LIFE: Record<LinkPurpose, number> = {
  registration: 24 * HOUR,
  password_reset: HOUR,
  email_change: 24 * HOUR,
};

export interface AccountLink {
  id: string;
  email: string;
  identityId: string | null;
  data: Record<string, string | number | null>;
}

interface NewLink extends Omit<AccountLink, 'identityId' | 'data'> {
  purpose: LinkPurpose;
  identityId?: string;
  data?: AccountLink['data'];
}

type Handle = Pick<SystemTransaction, 'accountLink'>;

const linkSelect = { id: true, email: true, identityId: true, data: true } as const;

/**
 * Links that are mailed to prove an address, good once. A token is the id of its row and an HMAC over it: nothing that
 * is stored or logged gives a way in, and a second try to send the mail gives the same token.
 */
@Injectable()
@Sweeps({ name: 'auth.account_links', every: HOUR })
export class AccountLinks implements Sweep {
  readonly #secrets;

  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.#secrets = config.settings.secrets;
  }

  /**
   * The token of the link with this id, which is made if there is none yet. Null when the address has had so many in
   * the last hour that one more would be a nuisance: whoever asks must not fill a stranger's mailbox.
   */
  async make({ id, purpose, email, identityId, data }: NewLink): Promise<string | null> {
    const now = this.clock.now();
    const recent = { purpose, email, createdAt: { gt: new Date(now.getTime() - HOUR) } };
    const expiresAt = new Date(now.getTime() + LIFE[purpose]);
    const link = { id, purpose, email, identityId: identityId ?? null, data: data ?? {} };
    const isMade = await this.system.client.$transaction(async (tx) => {
      // Several mails are made at once: counted one after the other.
      await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${email}, 3))::text`;
      const others = await tx.accountLink.count({ where: { ...recent, id: { not: id } } });
      if (others >= MOST_AN_HOUR) return false;
      await tx.accountLink.createMany({
        data: [{ ...link, createdAt: now, expiresAt }],
        skipDuplicates: true,
      });
      return true;
    });
    if (!isMade) return null;
    return this.#tokenOf(id, purpose);
  }

  /** What a good link says. Throws {@link LinkInvalid} for any other. */
  async find(token: string, purpose: LinkPurpose): Promise<AccountLink> {
    const id = this.#idOf(token, purpose);
    const link = await this.system.client.accountLink.findFirst({
      where: { id, purpose, usedAt: null, expiresAt: { gt: this.clock.now() } },
      select: linkSelect,
    });
    return linkOf(link);
  }

  /** Uses a link up in `tx`: of two at once, one. Throws {@link LinkInvalid}. */
  async use(tx: Handle, token: string, purpose: LinkPurpose): Promise<AccountLink> {
    const id = this.#idOf(token, purpose);
    const now = this.clock.now();
    const { count } = await tx.accountLink.updateMany({
      where: { id, purpose, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    });
    if (count === 0) throw new LinkInvalid();
    return linkOf(await tx.accountLink.findFirst({ where: { id }, select: linkSelect }));
  }

  /** Ends the open links of a person or an address in `tx`: what they prove is no longer so. */
  async end(tx: Handle, whose: { identityId: string } | { email: string }): Promise<void> {
    await tx.accountLink.updateMany({
      where: { ...whose, usedAt: null },
      data: { usedAt: this.clock.now() },
    });
  }

  /** Forgets the links whose time is long over. */
  async sweep(): Promise<boolean> {
    const before = new Date(this.clock.now().getTime() - KEPT_FOR);
    await this.system.client.accountLink.deleteMany({ where: { expiresAt: { lt: before } } });
    return false;
  }

  #tokenOf(id: string, purpose: LinkPurpose): string {
    return Buffer.concat([
      Buffer.from(id.replaceAll('-', ''), 'hex'),
      this.#tagOf(id, purpose),
    ]).toString('base64url');
  }

  #idOf(token: string, purpose: LinkPurpose): string {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== ID_BYTES + TAG_BYTES) throw new LinkInvalid();
    const id = idFrom(bytes.subarray(0, ID_BYTES));
    if (!timingSafeEqual(bytes.subarray(ID_BYTES), this.#tagOf(id, purpose)))
      throw new LinkInvalid();
    return id;
  }

  #tagOf(id: string, purpose: LinkPurpose): Buffer {
    return this.#secrets.tag('account-link', `${purpose}:${id}`);
  }
}

function idFrom(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

function linkOf(row: (Omit<AccountLink, 'data'> & { data: unknown }) | null): AccountLink {
  if (!row) throw new LinkInvalid();
  return { ...row, data: row.data as AccountLink['data'] };
}
