import { Injectable } from '@nestjs/common';
import type { Actor, Origin } from '#core/context/context.js';
import { preparedStatement } from '#core/database/prepared-statement.js';
import { SystemDb } from '#core/database/system-db.js';
import { OrganizationSuspended } from '#core/tenancy/access.exceptions.js';
import { isPermission } from '#core/tenancy/permissions.js';
import { PrincipalCache, type CachedPrincipal } from '#core/tenancy/principal-cache.js';
import type { Principal } from '#core/tenancy/principal.js';
import { AllowedNetworks } from './allowed-networks.js';
import type { KeyBounds } from './api-key-bounds.js';
import { hashApiKeySecret, looksLikeApiKey, type Environment } from './api-key-secret.js';
import { AddressNotAllowed } from './integrations.exceptions.js';

const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * By hand, because with many integrations every other request of a quiet one comes here. The holder is asked for too:
 * a secret that was being made while they left has escaped the trigger that ends theirs.
 */
const keyByHash = preparedStatement(
  'api_key_by_hash',
  `select k.organization_id as "organizationId", k.id, k.name, k.scopes, k.environment,
     k.allowed_networks as "allowedNetworks", k.expires_at as "expiresAt",
     s.id as "secretId", s.expires_at as "secretExpiresAt", s.issued_to_id as "issuedToId",
     o.suspended_at is not null or o.delete_after is not null as "isSuspended"
   from api_key_secrets s
     join api_keys k on k.organization_id = s.organization_id and k.id = s.key_id
     join organizations o on o.id = k.organization_id
     left join memberships m on m.organization_id = s.organization_id and m.id = s.issued_to_id
   where s.secret_hash = $1 and s.revoked_at is null and k.revoked_at is null
     and (s.issued_to_id is null or m.status = 'active') limit 1`,
);

interface KeyRow {
  organizationId: string;
  id: string;
  name: string;
  scopes: string[];
  environment: Environment;
  allowedNetworks: string[];
  expiresAt: string | null;
  secretId: string;
  secretExpiresAt: string | null;
  issuedToId: string | null;
  isSuspended: boolean;
}

/** What is known of the secret that a program came with. */
export interface PresentedKey {
  secretId: string;
  /** The membership of whoever was shown it. */
  issuedToId: string | null;
  bounds: KeyBounds;
}

/** Who is behind an API key. Looks across organizations, because the key is what says which one it is of. */
@Injectable()
export class ApiKeyPrincipals {
  readonly #presented = new WeakMap<Actor, PresentedKey>();

  constructor(
    private readonly system: SystemDb,
    private readonly cache: PrincipalCache,
  ) {}

  /** The principal of `secret`, or null when it is unknown, expired or revoked. */
  resolve(secret: string): Promise<Principal | null> | Principal | null {
    if (!looksLikeApiKey(secret)) return null;
    const hash = hashApiKeySecret(secret);
    const key = `key:${hash.toString('base64')}`;
    return this.cache.get(key) ?? this.cache.load(key, () => this.#find(hash));
  }

  /** What the program behind `actor` came with; null for anybody else. */
  presentedBy(actor: Actor): PresentedKey | null {
    return this.#presented.get(actor) ?? null;
  }

  async #find(secretHash: Buffer<ArrayBuffer>): Promise<CachedPrincipal | null> {
    const [row] = await this.system.sql<KeyRow>(keyByHash, [secretHash]);
    if (!row) return null;
    const { organizationId, id, name, secretId, issuedToId, environment, allowedNetworks } = row;
    const actor = { type: 'api_key' as const, id, name };
    const expiresAt = row.expiresAt === null ? null : new Date(row.expiresAt);
    const bounds = { environment, expiresAt, allowedNetworks };
    this.#presented.set(actor, { secretId, issuedToId, bounds });
    return {
      principal: {
        organizationId,
        actor,
        permissions: new Set(row.scopes.filter(isPermission)),
        sessionId: null,
        identityId: null,
        holderId: issuedToId,
        admit: admissionOf(row),
      },
      expiresAt: Math.min(timeOf(row.expiresAt), timeOf(row.secretExpiresAt)),
      tags: [
        `api_key:${id}`,
        `organization:${organizationId}`,
        ...(issuedToId === null ? [] : [`user:${issuedToId}`]),
      ],
    };
  }
}

/** What each request of the key is asked. The networks are read once and not with every request. */
function admissionOf({ isSuspended, allowedNetworks }: KeyRow): (origin: Origin) => void {
  const networks = new AllowedNetworks(allowedNetworks);
  let admitted: string | undefined;
  return ({ address }) => {
    if (isSuspended) throw new OrganizationSuspended();
    if (networks.isAnywhere || address === admitted) return;
    if (!networks.includes(address)) throw new AddressNotAllowed(address);
    admitted = address;
  };
}

function timeOf(instant: string | null): number {
  return instant === null ? NEVER : Date.parse(instant);
}
