import { Injectable } from '@nestjs/common';
import { SystemDb } from '#core/database/system-db.js';
import { PrincipalCache, type CachedPrincipal } from '#core/tenancy/principal-cache.js';
import { SUPPORT_PREFIX, SupportPrincipals } from '#core/tenancy/support-principals.js';
import { PrincipalResolver, type Principal } from '#core/tenancy/principal.js';
import { ApiKeyPrincipals } from '#modules/integrations/api-key-principals.service.js';
import { IdentitiesService } from '#modules/users/identities.service.js';
import { AccessTokens, type AccessClaims } from './access-tokens.service.js';

/** The session, the organization and the membership. */
type SessionClaims = Pick<AccessClaims, 'sid' | 'org' | 'sub'>;

/** Who is behind a bearer credential: the person of an access token, the integration of an API key, or staff. */
@Injectable()
export class Principals extends PrincipalResolver {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly keys: ApiKeyPrincipals,
    private readonly cache: PrincipalCache,
    private readonly system: SystemDb,
    private readonly identities: IdentitiesService,
    private readonly support: SupportPrincipals,
  ) {
    super();
  }

  override resolve(credential: string): Promise<Principal | null> | Principal | null {
    if (credential.startsWith('md_')) return this.keys.resolve(credential);
    if (credential.startsWith(SUPPORT_PREFIX)) return this.support.resolve(credential);
    const claims = this.tokens.verify(credential);
    if (claims !== null) return this.#known(claims);
    if (!this.tokens.namesUnknownKey(credential)) return null;
    return this.tokens
      .verifyLater(credential)
      .then((found) => (found === null ? null : this.#known(found)));
  }

  /** Whoever is signed in by that session, as they are now; null when it has ended or they may not come in any more. */
  standing(claims: SessionClaims): Promise<Principal | null> | Principal | null {
    return this.#known(claims);
  }

  #known(claims: SessionClaims): Promise<Principal | null> | Principal {
    const key = `session:${claims.sid}:${claims.org}`;
    return this.cache.get(key) ?? this.cache.load(key, () => this.#find(claims));
  }

  /** The session and the membership as they are now: a token outlives neither, and its role is not the token's to say. */
  async #find(claims: SessionClaims): Promise<CachedPrincipal | null> {
    const session = await this.system.client.session.findFirst({
      where: {
        id: claims.sid,
        organizationId: claims.org,
        membershipId: claims.sub,
        revokedAt: null,
      },
      select: { expiresAt: true, endsAt: true, identityId: true },
    });
    const standing = await this.identities.standing(claims.org, claims.sub);
    if (!session || !standing) return null;
    return {
      principal: {
        organizationId: claims.org,
        actor: { type: 'user', id: claims.sub, name: standing.name },
        permissions: standing.permissions,
        halted: standing.halted,
        sessionId: claims.sid,
        identityId: session.identityId,
      },
      expiresAt: Math.min(
        session.expiresAt.getTime(),
        session.endsAt?.getTime() ?? Number.POSITIVE_INFINITY,
      ),
      tags: [
        `session:${claims.sid}`,
        `user:${claims.sub}`,
        `organization:${claims.org}`,
        ...(standing.roleId === null ? [] : [`role:${standing.roleId}`]),
      ],
    };
  }
}
