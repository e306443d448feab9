import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isId } from '#core/context/ids.js';
import { AdminDb } from '#core/database/admin-db.js';
import { Log } from '#core/logging/log.js';
import { PasswordHashes } from '#modules/auth/password-hashes.service.js';
import { RealmTokens } from '#modules/auth/realm-tokens.service.js';
import { Throttle } from '#modules/auth/throttle.service.js';
import type { StaffChallengeDto, StaffCodeDto, StaffPasswordDto } from './dto/staff-session.dto.js';
import { StaffFactors } from './staff-factors.service.js';
import { StaffSessions, type OpenedStaffSession } from './staff-sessions.service.js';
import { StaffChallengeOver, StaffCodeWrong, StaffCredentialsWrong } from './staff.exceptions.js';
import { CHALLENGE_SECONDS } from './staff-terms.js';
import { staffSelect } from './staff.view.js';

/**
 * Signs the staff in: the password, then a code of their app, and nothing in between is worth anything by itself. Tries
 * are held back by the throttle of all sign-ins, under names that no tenant's person can have.
 */
@Injectable()
export class StaffSignIn {
  constructor(
    private readonly db: AdminDb,
    private readonly passwords: PasswordHashes,
    private readonly throttle: Throttle,
    private readonly factors: StaffFactors,
    private readonly sessions: StaffSessions,
    private readonly tokens: RealmTokens,
    private readonly log: Log,
  ) {}

  /**
   * The first half. Gives what the second is asked with, and the app's secret for who has none yet. Throws
   * {@link StaffCredentialsWrong} at the same cost whoever there is, Throttled.
   */
  async begin({ email, password }: StaffPasswordDto): Promise<StaffChallengeDto> {
    const account = email.toLowerCase();
    const attempt = await this.throttle.begin(`staff password ${account}`, null);
    const found = await this.db.client.staffMember.findFirst({
      where: { email: account, endedAt: null },
      select: { id: true, email: true, passwordHash: true, totpConfirmedAt: true },
    });
    const isRight = await this.passwords.matches(found?.passwordHash ?? null, password);
    if (!found || !isRight) {
      await this.throttle.fail(attempt, 'staff_password', null);
      this.log.warn('staff.sign_in_failed', { reason: 'password' });
      throw new StaffCredentialsWrong();
    }
    await this.throttle.succeed(attempt);
    const setup = await this.factors.begin(found);
    const claims = { sub: found.id, pwd: markOf(found.passwordHash) };
    const challenge = this.tokens.sign('manydesk-staff-challenge', claims, CHALLENGE_SECONDS);
    return { challenge, setup };
  }

  /** The second half: opens a session. Throws {@link StaffChallengeOver}, {@link StaffCodeWrong}, Throttled. */
  async finish({ challenge, code }: StaffCodeDto): Promise<OpenedStaffSession> {
    const claims = await this.tokens.verify('manydesk-staff-challenge', challenge);
    const { sub, pwd } = claims ?? {};
    if (!isId(sub)) throw new StaffChallengeOver();
    const staff = await this.db.client.staffMember.findFirst({
      where: { id: sub, endedAt: null },
      select: { ...staffSelect, passwordHash: true },
    });
    // A password that was changed meanwhile ends what was begun with the old one.
    if (!staff || markOf(staff.passwordHash) !== pwd) throw new StaffChallengeOver();
    const attempt = await this.throttle.begin(`staff code ${sub}`, null);
    if (!(await this.factors.use(sub, code))) {
      await this.throttle.fail(attempt, 'staff_code', null);
      this.log.warn('staff.sign_in_failed', { reason: 'code' });
      throw new StaffCodeWrong();
    }
    await this.throttle.succeed(attempt);
    return this.sessions.open(staff);
  }
}

/** Changes with the password, and says nothing of it. */
function markOf(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('base64url').slice(0, 22);
}
