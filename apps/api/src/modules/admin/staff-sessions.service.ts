import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { isId, newId } from '#core/context/ids.js';
import { AdminDb } from '#core/database/admin-db.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { RealmTokens } from '#modules/auth/realm-tokens.service.js';
import type { StaffSignedInDto } from './dto/staff-session.dto.js';
import { StaffActs } from './staff-acts.service.js';
import { StaffSessionEnded } from './staff.exceptions.js';
import { goodSession, STAFF_SESSION_LIFE, STAFF_TOKEN_SECONDS } from './staff-terms.js';
import { staffSelect, toStaffDto, type StaffRow } from './staff.view.js';

const TOKEN_BYTES = 32;

/** A session that was opened: what the answer says, and what goes into the cookie. */
export interface OpenedStaffSession {
  signedIn: StaffSignedInDto;
  cookie: string;
}

/**
 * The sessions of the staff. One lasts a working day at most, ends when it is left alone for half an hour, and keeps one
 * secret in a cookie that goes to one path: it is too short to be worth carrying on with a new secret each time.
 */
@Injectable()
export class StaffSessions {
  constructor(
    private readonly db: AdminDb,
    private readonly tokens: RealmTokens,
    private readonly acts: StaffActs,
    private readonly clock: Clock,
  ) {}

  /** Opens a session for somebody who has shown both factors. */
  async open(staff: StaffRow): Promise<OpenedStaffSession> {
    const id = newId();
    const secret = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.clock.now();
    const endsAt = new Date(now.getTime() + STAFF_SESSION_LIFE);
    await this.db.transaction(async (tx) => {
      const row = { id, staffId: staff.id, tokenHash: hashOf(secret), createdAt: now };
      await tx.staffSession.create({
        data: { ...row, lastUsedAt: now, endsAt },
        select: { id: true },
      });
      await this.acts.record(tx, { type: 'staff.signed_in', staffId: staff.id });
    });
    return { signedIn: this.#answer(staff, id), cookie: `${id}.${secret}` };
  }

  /** A new access token for the cookie of a session that goes on. Throws {@link StaffSessionEnded}. */
  async refresh(cookie: string): Promise<StaffSignedInDto> {
    const [id = '', secret = ''] = cookie.split('.');
    const now = this.clock.now();
    const good = { tokenHash: hashOf(secret), ...goodSession(now) };
    const { client } = this.db;
    const session = isId(id)
      ? await client.staffSession.findFirst({
          where: { id, ...good },
          select: { staff: { select: staffSelect } },
        })
      : null;
    if (!session) throw new StaffSessionEnded();
    await client.staffSession.updateMany({ where: { id }, data: { lastUsedAt: now } });
    return this.#answer(session.staff, id);
  }

  /** Ends one session. */
  async end(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await tx.staffSession.updateMany({ where: { id }, data: { revokedAt: this.clock.now() } });
      await this.acts.record(tx, { type: 'staff.signed_out' });
    });
  }

  /** Ends all sessions of one of the staff inside `tx`, but for the one that is named. */
  async endAll(tx: SystemTransaction, staffId: string, spared: string | null): Promise<void> {
    await tx.staffSession.updateMany({
      where: { staffId, revokedAt: null, ...(spared === null ? {} : { id: { not: spared } }) },
      data: { revokedAt: this.clock.now() },
    });
  }

  #answer(staff: StaffRow, sid: string): StaffSignedInDto {
    const accessToken = this.tokens.sign(
      'manydesk-staff',
      { sub: staff.id, sid },
      STAFF_TOKEN_SECONDS,
    );
    return { accessToken, expiresIn: STAFF_TOKEN_SECONDS, staff: toStaffDto(staff) };
  }
}

function hashOf(secret: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(secret).digest() as Buffer<ArrayBuffer>;
}
