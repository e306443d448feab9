import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { currentContext } from '#core/context/context.js';
import { isId, newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { PrincipalCache } from '#core/tenancy/principal-cache.js';
import type { Place } from '#modules/users/identities.service.js';
import { SessionEnded } from './auth.exceptions.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Milliseconds that a session lives without being used. */
export const SESSION_LIFE = 30 * DAY;
/** Milliseconds in which the token before the newest still gives the same successor: two tabs, or a lost answer. */
const GRACE = 10_000;
const SECRET_BYTES = 32;
const TAG_BYTES = 16;

/** By what somebody proved who they are. `link`: a mailed one that proves the address and sets a first password. */
export interface SessionOrigin {
  method: 'password' | 'passkey' | 'sso' | 'link';
  /** Whether a second factor was shown, or the first one counts as two. */
  secondFactor: boolean;
}

interface NewSession extends SessionOrigin {
  userAgent: string | null;
  /** Hours that it may live in all, however it is used. */
  hours: number;
}

/** A session that was carried on. */
export interface CarriedSession extends Place {
  id: string;
  refreshToken: string;
  openedAt: Date;
  how: SessionOrigin;
}

interface SessionRow {
  id: string;
  organization_id: string;
  membership_id: string;
  identity_id: string;
  refresh_hash: Buffer;
  previous_hash: Buffer | null;
  previous_valid_until: Date | null;
  created_at: Date;
  expires_at: Date;
  ends_at: Date | null;
  revoked_at: Date | null;
  method: SessionOrigin['method'];
  second_factor: boolean;
}

/**
 * Sessions as families of refresh tokens (RFC 9700, 4.14): each token is used once and gives its successor; one
 * that comes back later was stolen from somebody, and the whole family ends.
 *
 * A token is `<session>.<secret and tag>`; only hashes are stored. The successor's secret is an HMAC of the presented
 * one, so the grace period can give the very same successor without its having been kept. The tag shows that we
 * issued the token for that session: without it, whoever learned a session's id could end it with a token made up.
 */
@Injectable()
export class SessionsService {
  readonly #chainKey: Buffer;

  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
    private readonly principals: PrincipalCache,
    private readonly ledger: Ledger,
    config: AppConfig,
  ) {
    this.#chainKey = config.settings.secrets.bytes('refresh-token');
  }

  /** Opens a session in `tx`. Gives its id and its first refresh token. */
  async open(
    tx: SystemTransaction,
    place: Place,
    { method, secondFactor, userAgent, hours }: NewSession,
  ): Promise<{ id: string; refreshToken: string }> {
    const id = newId();
    const secret = randomBytes(SECRET_BYTES);
    const now = this.clock.now();
    await tx.session.create({
      data: {
        id,
        ...place,
        method,
        secondFactor,
        refreshHash: sha256(secret),
        userAgent: userAgent?.slice(0, 300) ?? null,
        createdAt: now,
        lastUsedAt: now,
        expiresAt: new Date(now.getTime() + SESSION_LIFE),
        endsAt: new Date(now.getTime() + hours * HOUR),
      },
      select: { id: true },
    });
    return { id, refreshToken: this.#toToken(id, secret) };
  }

  /** Uses up a refresh token. Gives the session and the successor. Throws {@link SessionEnded}. */
  async rotate(refreshToken: string): Promise<CarriedSession> {
    const presented = this.#readToken(refreshToken);
    if (!presented) throw new SessionEnded();
    const outcome = await this.system.transaction((tx) => this.#useUp(tx, presented));
    if (outcome === null) throw new SessionEnded();
    const { row, successor } = outcome;
    if (successor === null) {
      this.forget(row.id);
      throw new SessionEnded({ reason: 'refresh token used twice', sessionId: row.id });
    }
    return {
      id: row.id,
      organizationId: row.organization_id,
      membershipId: row.membership_id,
      identityId: row.identity_id,
      openedAt: row.created_at,
      how: { method: row.method, secondFactor: row.second_factor },
      refreshToken: this.#toToken(row.id, successor),
    };
  }

  /**
   * Makes a live session one of another place of its person, in `tx`. Gives by what it was opened; null when it has
   * ended, or would have by the rules of the new place.
   */
  async move(
    tx: SystemTransaction,
    id: string,
    { organizationId, membershipId, identityId }: Place,
    hours: number,
  ): Promise<SessionOrigin | null> {
    const now = this.clock.now();
    const alive = { id, identityId, revokedAt: null, expiresAt: { gt: now } };
    const row = await tx.session.findFirst({
      where: alive,
      select: { createdAt: true, method: true, secondFactor: true },
    });
    const endsAt = new Date((row?.createdAt.getTime() ?? 0) + hours * HOUR);
    if (!row || endsAt <= now) return null;
    const data = { organizationId, membershipId, endsAt, lastUsedAt: now };
    const { count } = await tx.session.updateMany({ where: alive, data });
    return count === 0
      ? null
      : { method: row.method as SessionOrigin['method'], secondFactor: row.secondFactor };
  }

  /** By what a live session was opened. Throws {@link SessionEnded}. */
  async openedBy(id: string): Promise<SessionOrigin> {
    const row = await this.system.client.session.findFirst({
      where: { id, revokedAt: null },
      select: { method: true, secondFactor: true },
    });
    if (!row) throw new SessionEnded();
    return { ...row, method: row.method as SessionOrigin['method'] };
  }

  /** Ends a session in `tx`. Gives whether it was alive. */
  async revoke(tx: Pick<SystemTransaction, 'session'>, id: string): Promise<boolean> {
    const { count } = await tx.session.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: this.clock.now() },
    });
    return count > 0;
  }

  /** Ends the sessions of a person in `tx`, but `spared`. Gives those that were alive: forget them after the commit. */
  async revokeAll(
    tx: Pick<SystemTransaction, 'session'>,
    whose: { identityId: string; organizationId?: string },
    spared: string | null,
  ): Promise<{ id: string; organizationId: string; membershipId: string }[]> {
    return tx.session.updateManyAndReturn({
      where: { ...whose, revokedAt: null, ...(spared === null ? {} : { id: { not: spared } }) },
      data: { revokedAt: this.clock.now() },
      select: { id: true, organizationId: true, membershipId: true },
    });
  }

  /** Stops trusting what was cached of a session, once its end is committed; other processes are told by the database. */
  forget(id: string): void {
    this.principals.forget(`session:${id}`);
  }

  async #useUp(
    tx: SystemTransaction,
    presented: { id: string; secret: Buffer },
  ): Promise<{ row: SessionRow; successor: Buffer | null } | null> {
    const now = this.clock.now();
    const [row] = await tx.$queryRaw<
      SessionRow[]
    >`select * from sessions where id = ${presented.id}::uuid for update`;
    if (!row || row.revoked_at !== null || row.expires_at <= now) return null;
    if (row.ends_at !== null && row.ends_at <= now) return null;
    const hash = sha256(presented.secret);
    const successor = createHmac('sha256', this.#chainKey).update(presented.secret).digest();
    const successorHash = sha256(successor);
    if (same(row.refresh_hash, hash)) {
      await tx.session.updateMany({
        where: { id: row.id },
        data: {
          refreshHash: successorHash,
          previousHash: hash,
          previousValidUntil: new Date(now.getTime() + GRACE),
          generation: { increment: 1 },
          lastUsedAt: now,
          expiresAt: new Date(now.getTime() + SESSION_LIFE),
        },
      });
      return { row, successor };
    }
    const isPrevious = row.previous_hash !== null && same(row.previous_hash, hash);
    if (isPrevious && row.previous_valid_until! > now && same(row.refresh_hash, successorHash))
      return { row, successor };
    await this.revoke(tx, row.id);
    const { address = null, userAgent = null } = currentContext()?.origin ?? {};
    this.ledger.recordIn(row.organization_id, {
      type: 'auth.refresh_reused',
      subject: { type: 'session', id: row.id },
      data: { userId: row.membership_id, address, userAgent },
    });
    return { row, successor: null };
  }

  #toToken(id: string, secret: Buffer): string {
    return `${id}.${Buffer.concat([secret, this.#tagOf(id, secret)]).toString('base64url')}`;
  }

  /** What a token says; null for one that we did not issue, which then touches nothing. */
  #readToken(token: string): { id: string; secret: Buffer } | null {
    const [id, rest, ...more] = token.split('.');
    const bytes = Buffer.from(rest ?? '', 'base64url');
    if (!isId(id) || bytes.length !== SECRET_BYTES + TAG_BYTES || more.length > 0) return null;
    const secret = bytes.subarray(0, SECRET_BYTES);
    return same(bytes.subarray(SECRET_BYTES), this.#tagOf(id, secret)) ? { id, secret } : null;
  }

  #tagOf(id: string, secret: Buffer): Buffer {
    return createHmac('sha256', this.#chainKey)
      .update(`issued:${id}:`)
      .update(secret)
      .digest()
      .subarray(0, TAG_BYTES);
  }
}

function sha256(bytes: Buffer): Buffer<ArrayBuffer> {
  return createHash('sha256').update(bytes).digest() as Buffer<ArrayBuffer>;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
