import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import type { Origin } from '#core/context/context.js';
import { isId } from '#core/context/ids.js';
import { AdminDb } from '#core/database/admin-db.js';
import { AddressRules } from '#core/network/addresses.js';
import { STAFF_ROLE_PERMISSIONS, type StaffRole } from '#core/tenancy/staff-permissions.js';
import { StaffRealm, type StaffPrincipal } from '#core/tenancy/staff-realm.js';
import { RealmTokens } from '#modules/auth/realm-tokens.service.js';
import { goodSession } from './staff-terms.js';

/** Who of the staff is behind a credential. Asked of the database each time: nothing is cached that could outlive its end. */
@Injectable()
export class StaffRealmService extends StaffRealm {
  readonly #places: AddressRules;

  constructor(
    private readonly db: AdminDb,
    private readonly tokens: RealmTokens,
    private readonly clock: Clock,
    { settings }: AppConfig,
  ) {
    super();
    this.#places = new AddressRules(settings.adminAllowedNetworks);
  }

  override isSeenFrom(origin: Origin | undefined): boolean {
    return this.db.isOpen && origin !== undefined && this.#places.excepts(plain(origin.address));
  }

  override async resolve(credential: string): Promise<StaffPrincipal | null> {
    const claims = await this.tokens.verify('manydesk-staff', credential);
    const { sub, sid } = claims ?? {};
    if (!isId(sub) || !isId(sid)) return null;
    const found = await this.db.client.staffSession.findFirst({
      where: { id: sid, staffId: sub, ...goodSession(this.clock.now()) },
      select: { staff: { select: { id: true, name: true, email: true, role: true } } },
    });
    if (!found) return null;
    const role = found.staff.role as StaffRole;
    return { ...found.staff, role, permissions: STAFF_ROLE_PERMISSIONS[role], sessionId: sid };
  }
}

/** An IPv4 address that an IPv6 socket tells in its own form (RFC 4291, 2.5.5.2) is the IPv4 address. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
