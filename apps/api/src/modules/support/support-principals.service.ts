import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { isId } from '#core/context/ids.js';
import { AdminDb } from '#core/database/admin-db.js';
import { isPermission } from '#core/tenancy/permissions.js';
import { Unauthenticated } from '#core/tenancy/access.exceptions.js';
import { PrincipalCache, type CachedPrincipal } from '#core/tenancy/principal-cache.js';
import type { Principal } from '#core/tenancy/principal.js';
import { StaffRealm } from '#core/tenancy/staff-realm.js';
import { SUPPORT_PREFIX, SupportPrincipals } from '#core/tenancy/support-principals.js';
import { RealmTokens } from '#modules/auth/realm-tokens.service.js';
import { SupportLooks } from './support-looks.service.js';
import { SUPPORT_SCOPES, SUPPORT_TOKEN_SECONDS } from './support-terms.service.js';

const ALLOWED: ReadonlySet<string> = new Set(SUPPORT_SCOPES);

/** Whose credential it is: the access, its organization, and the session of the staff member who asked for it. */
export interface SupportClaims {
  accessId: string;
  organizationId: string;
  staffId: string;
  sessionId: string;
}

/** One of the staff inside an organization that let them look, as the organization's guard sees them. */
@Injectable()
export class SupportPrincipalsService extends SupportPrincipals {
  constructor(
    private readonly db: AdminDb,
    private readonly tokens: RealmTokens,
    private readonly cache: PrincipalCache,
    private readonly looks: SupportLooks,
    private readonly realm: StaffRealm,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** A credential for an access; what it is worth is asked with each request. */
  credential({ accessId, organizationId, staffId, sessionId }: SupportClaims): string {
    const claims = { sub: staffId, sid: sessionId, org: organizationId, acc: accessId };
    return SUPPORT_PREFIX + this.tokens.sign('manydesk-support', claims, SUPPORT_TOKEN_SECONDS);
  }

  override async resolve(credential: string): Promise<Principal | null> {
    const token = credential.slice(SUPPORT_PREFIX.length);
    const claims = await this.tokens.verify('manydesk-support', token);
    const { sub, sid, org, acc } = claims ?? {};
    if (!isId(sub) || !isId(sid) || !isId(org) || !isId(acc) || !this.db.isOpen) return null;
    const key = `support:${acc}:${sid}`;
    const wanted = { accessId: acc, organizationId: org, staffId: sub, sessionId: sid };
    return this.cache.get(key) ?? this.cache.load(key, () => this.#find(wanted));
  }

  /** The access and the session as they are now: a token outlives neither. */
  async #find({
    accessId: id,
    organizationId,
    staffId,
    sessionId,
  }: SupportClaims): Promise<CachedPrincipal | null> {
    const now = this.clock.now();
    const { client } = this.db;
    const access = await client.supportAccess.findFirst({
      where: {
        ...{ id, organizationId, staffId, endedAt: null },
        ...{ grantedAt: { not: null }, expiresAt: { gt: now } },
      },
      select: { staffName: true, scopes: true, expiresAt: true },
    });
    const session = await client.staffSession.findFirst({
      where: {
        id: sessionId,
        staffId,
        revokedAt: null,
        endsAt: { gt: now },
        staff: { endedAt: null },
      },
      select: { endsAt: true },
    });
    if (!access?.expiresAt || !session) return null;
    const { staffName: name } = access;
    return {
      principal: {
        organizationId,
        actor: { type: 'staff', id: staffId, name },
        permissions: new Set(
          access.scopes.filter((scope) => ALLOWED.has(scope)).filter(isPermission),
        ),
        sessionId: null,
        identityId: null,
        supportAccessId: id,
        // A credential that was carried off is worth nothing where the staff themselves would not be let in.
        admit: (origin) => {
          if (!this.realm.isSeenFrom(origin)) throw new Unauthenticated();
        },
        look: (look) => this.looks.note(id, name, look),
      },
      expiresAt: Math.min(access.expiresAt.getTime(), session.endsAt.getTime()),
      tags: [`support_access:${id}`, `staff:${staffId}`, `organization:${organizationId}`],
    };
  }
}
