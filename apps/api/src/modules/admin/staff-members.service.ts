import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { AdminDb } from '#core/database/admin-db.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import type { StaffPrincipal } from '#core/tenancy/staff-realm.js';
import { PasswordHashes } from '#modules/auth/password-hashes.service.js';
import type { ChangeStaffPasswordDto } from './dto/staff-session.dto.js';
import type { NewStaffDto, StaffDto } from './dto/staff.dto.js';
import { StaffActs } from './staff-acts.service.js';
import { StaffSessions } from './staff-sessions.service.js';
import {
  LastOperator,
  StaffExists,
  StaffNotFound,
  StaffPasswordWrong,
} from './staff.exceptions.js';
import { staffSelect, toStaffDto } from './staff.view.js';

/** Bytes of a password that we make: 144 bits, to be changed by who gets it. */
const PASSWORD_BYTES = 18;
/** Changes of who is an operator go one after another: the name of the database's lock. */
const OPERATORS_LOCK = 7_160_200;

/** The staff: who they are. */
@Injectable()
export class StaffMembers {
  constructor(
    private readonly db: AdminDb,
    private readonly passwords: PasswordHashes,
    private readonly sessions: StaffSessions,
    private readonly acts: StaffActs,
    private readonly clock: Clock,
  ) {}

  /** Makes one of the staff, with a password that is shown this once. Throws {@link StaffExists}. */
  async create({ email, name, role }: NewStaffDto): Promise<{ staff: StaffDto; password: string }> {
    const password = newPassword();
    const passwordHash = await this.passwords.hash(password, []);
    const id = newId();
    const account = email.toLowerCase();
    const staff = await this.db.transaction(async (tx) => {
      const { count } = await tx.staffMember.createMany({
        data: [{ id, email: account, name, role, passwordHash, createdAt: this.clock.now() }],
        skipDuplicates: true,
      });
      if (count === 0) throw new StaffExists();
      await this.acts.record(tx, { type: 'staff.created', data: { staffId: id, role } });
      return tx.staffMember.findFirstOrThrow({ where: { id }, select: staffSelect });
    });
    return { staff: toStaffDto(staff), password };
  }

  /**
   * Gives who has lost their password or their app a new password, shown this once, and no app: they set one up at the
   * next sign-in. Null when nobody has the address.
   */
  async reset(email: string): Promise<string | null> {
    const password = newPassword();
    const passwordHash = await this.passwords.hash(password, []);
    return this.db.transaction(async (tx) => {
      const where = { email: email.toLowerCase() };
      const found = await tx.staffMember.findFirst({ where, select: { id: true } });
      if (!found) return null;
      const nothing = { totpSealed: null, totpConfirmedAt: null, totpLastStep: 0n, endedAt: null };
      await tx.staffMember.updateMany({ where, data: { passwordHash, ...nothing } });
      await this.sessions.endAll(tx, found.id, null);
      await this.acts.record(tx, { type: 'staff.reset', data: { staffId: found.id } });
      return password;
    });
  }

  /** Ends what somebody may do, and their sessions, at once. Throws {@link StaffNotFound}, {@link LastOperator}. */
  async end(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const now = this.clock.now();
      await tx.$queryRaw`select pg_advisory_xact_lock(${OPERATORS_LOCK})::text`;
      const where = { id, endedAt: null };
      const found = await tx.staffMember.findFirst({ where, select: { role: true } });
      if (!found) throw new StaffNotFound();
      if (found.role === 'operator') await this.#requireAnother(tx, id);
      await tx.staffMember.updateMany({ where, data: { endedAt: now } });
      await this.sessions.endAll(tx, id, null);
      await this.acts.record(tx, { type: 'staff.ended', data: { staffId: id } });
    });
  }

  /** Another password of one's own; other sessions end. Throws {@link StaffPasswordWrong}, PasswordBreached and the like. */
  async changePassword(
    { id, email, name, sessionId }: StaffPrincipal,
    { currentPassword, newPassword: wanted }: ChangeStaffPasswordDto,
  ): Promise<void> {
    const row = await this.db.client.staffMember.findFirstOrThrow({
      where: { id },
      select: { passwordHash: true },
    });
    if (!(await this.passwords.matches(row.passwordHash, currentPassword)))
      throw new StaffPasswordWrong();
    const passwordHash = await this.passwords.hash(wanted, [email, name]);
    await this.db.transaction(async (tx) => {
      await tx.staffMember.updateMany({ where: { id }, data: { passwordHash } });
      await this.sessions.endAll(tx, id, sessionId);
      await this.acts.record(tx, { type: 'staff.password_changed' });
    });
  }

  async #requireAnother(tx: SystemTransaction, id: string): Promise<void> {
    const where = { role: 'operator', endedAt: null, id: { not: id } };
    if ((await tx.staffMember.count({ where })) === 0) throw new LastOperator();
  }
}

function newPassword(): string {
  return randomBytes(PASSWORD_BYTES).toString('base64url');
}
