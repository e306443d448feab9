import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Entitlements, requireFeature } from '#core/tenancy/entitlements.js';
import { ROLE_PERMISSIONS } from '#core/tenancy/permissions.js';
import type { Principal } from '#core/tenancy/principal.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { ProviderSessions } from '#modules/auth/provider-sessions.service.js';
import { giveableRole, requireCover, roleOf } from '#modules/users/people.service.js';
import type { SsoConnectionDto } from './dto/sso-connection.dto.js';
import { connectionSelect, toConnectionDto } from './sso-connections.view.js';
import { SsoEnforcement } from './sso-enforcement.service.js';
import { ConnectionNotFound } from './sso.exceptions.js';

export interface NewConnection {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  role?: string | undefined;
  enabled?: boolean | undefined;
}

export type ConnectionChange = Partial<Omit<NewConnection, 'issuer'>>;

/**
 * The providers at which an organization's people sign in. Whoever writes one decides who can come in as whom, so it
 * takes everything that an administrator may do; owners are out of its reach (see `SsoPeople`).
 */
@Injectable()
export class SsoConnections {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly enforcement: SsoEnforcement,
    private readonly sessions: ProviderSessions,
    private readonly entitlements: Entitlements,
    private readonly config: AppConfig,
  ) {}

  /** The connections, the newest first; never a secret. */
  async list(page: PageRequest): Promise<Page<SsoConnectionDto>> {
    const [rows, counted] = await Promise.all([
      this.db.client.ssoConnection.findMany({ ...newestFirst(page), select: connectionSelect }),
      this.db.client.ssoConnection.count({ take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, (row) => this.#toDto(row));
  }

  /** One connection. Throws {@link ConnectionNotFound}. */
  async get(id: string): Promise<SsoConnectionDto> {
    return this.#toDto(await this.#find(this.db.client, id));
  }

  /** Makes a connection. Throws RoleTooHigh, RoleNotFound, LimitReached, ValidationFailed for an issuer that cannot be one. */
  async create(by: Principal, wanted: NewConnection): Promise<SsoConnectionDto> {
    requireCover(by, ROLE_PERMISSIONS.admin);
    const issuer = this.#issuer(wanted.issuer);
    const id = newId();
    return this.db.transaction(async (tx) => {
      requireFeature(await this.entitlements.ownWithin(tx), 'sso');
      const role = await this.#role(tx, by, wanted.role ?? 'viewer');
      const { name, clientId, enabled = true } = wanted;
      const now = this.clock.now();
      const clientSecret = this.#seal(id, wanted.clientSecret);
      await tx.ssoConnection.create({
        data: {
          ...{ id, name, issuer, clientId, clientSecret, ...role, enabled },
          ...{ createdAt: now, updatedAt: now },
        },
        select: { id: true },
      });
      this.#tell('sso.connection_created', id, { name, issuer, clientId, role: roleOf(role) });
      return this.#toDto(await this.#find(tx, id));
    });
  }

  /**
   * Changes a connection; one that is switched off takes the sessions with it that it opened. Throws
   * {@link ConnectionNotFound}, RoleTooHigh, RoleNotFound, StillEnforced, LimitReached.
   */
  async change(by: Principal, id: string, change: ConnectionChange): Promise<SsoConnectionDto> {
    requireCover(by, ROLE_PERMISSIONS.admin);
    const changed = await this.#write(by, id, change);
    if (!changed.enabled) await this.sessions.end(await this.#linked(this.db.client, id));
    return changed;
  }

  #write(by: Principal, id: string, change: ConnectionChange): Promise<SsoConnectionDto> {
    return this.db.transaction(async (tx) => {
      // To switch it off stays possible: what a plan no longer has must not be what keeps people in.
      if (change.enabled !== false) requireFeature(await this.entitlements.ownWithin(tx), 'sso');
      const before = await this.#find(tx, id);
      const { clientSecret, role: wantedRole, ...plain } = change;
      const role = wantedRole === undefined ? {} : await this.#role(tx, by, wantedRole);
      const fields = { ...plain, ...(wantedRole === undefined ? {} : { role: wantedRole }) };
      const changes = differences({ ...before, role: roleOf(before) }, fields);
      const secret =
        clientSecret === undefined ? {} : { clientSecret: this.#seal(id, clientSecret) };
      if (Object.keys(changes).length === 0 && clientSecret === undefined)
        return this.#toDto(before);
      await tx.ssoConnection.updateMany({
        where: { id },
        data: { ...plain, ...role, ...secret, updatedAt: this.clock.now() },
      });
      if (change.enabled === false) await this.enforcement.requireStillReady(tx);
      const data = { name: change.name ?? before.name, secretChanged: clientSecret !== undefined };
      this.#tell('sso.connection_updated', id, data, changes);
      return this.#toDto(await this.#find(tx, id));
    });
  }

  /**
   * Deletes a connection with its domains, what it knows of people, and the sessions that it opened. Throws
   * {@link ConnectionNotFound}, RoleTooHigh, StillEnforced.
   */
  async remove(by: Principal, id: string): Promise<void> {
    requireCover(by, ROLE_PERMISSIONS.admin);
    const linked = await this.db.transaction(async (tx) => {
      const { name, issuer } = await this.#find(tx, id);
      const people = await this.#linked(tx, id);
      const domains = await tx.ssoDomain.findMany({
        where: { connectionId: id },
        select: { domain: true },
      });
      await tx.ssoDomain.deleteMany({ where: { connectionId: id } });
      await tx.ssoSubject.deleteMany({ where: { connectionId: id } });
      await tx.ssoConnection.deleteMany({ where: { id } });
      await this.enforcement.requireStillReady(tx);
      const data = { name, issuer, domains: domains.map(({ domain }) => domain) };
      this.#tell('sso.connection_deleted', id, data);
      return people;
    });
    await this.sessions.end(linked);
  }

  async #linked(db: Pick<TenantClient, 'ssoSubject'>, connectionId: string): Promise<string[]> {
    const rows = await db.ssoSubject.findMany({
      where: { connectionId },
      select: { membershipId: true },
    });
    return rows.map(({ membershipId }) => membershipId);
  }

  async #find(db: Pick<TenantClient, 'ssoConnection'>, id: string) {
    const row = await db.ssoConnection.findFirst({ where: { id }, select: connectionSelect });
    if (!row) throw new ConnectionNotFound();
    return row;
  }

  async #role(tx: TenantClient, by: Principal, name: string) {
    const { role, roleId, permissions } = await giveableRole(tx, name);
    if (role === 'owner') {
      const problem = 'must not be owner: ownership is handed over by an owner alone';
      throw new ValidationFailed([{ field: 'role', problem }]);
    }
    requireCover(by, permissions);
    return { role, roleId };
  }

  /** An issuer is an https URL without query and fragment (OpenID Connect Discovery, 4). */
  #issuer(text: string): string {
    const url = URL.canParse(text) ? new URL(text) : null;
    const schemes = ['https:'];
    // Where the operator lets us into their network there may be no TLS; the connection itself is checked again.
    if (this.config.settings.allowedPrivateNetworks.length > 0) schemes.push('http:');
    const isIssuer =
      url !== null &&
      schemes.includes(url.protocol) &&
      url.username + url.password + url.search + url.hash === '' &&
      !/[?#]/.test(text);
    if (isIssuer) return text;
    const problem = 'must be an https URL without a query, such as https://login.acme.example';
    throw new ValidationFailed([{ field: 'issuer', problem }]);
  }

  #seal(id: string, secret: string): Buffer<ArrayBuffer> {
    return this.config.settings.secrets.seal('sealed:sso-client', id, Buffer.from(secret));
  }

  #toDto(row: Parameters<typeof toConnectionDto>[0]): SsoConnectionDto {
    return toConnectionDto(row, this.config.settings.publicUrl);
  }

  #tell(
    type: string,
    id: string,
    data: Record<string, unknown>,
    changes?: Record<string, [unknown, unknown]>,
  ): void {
    const subject = { type: 'sso_connection', id };
    this.ledger.record({ type, subject, data, ...(changes && { changes }) });
  }
}

function differences(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, [unknown, unknown]> {
  return Object.fromEntries(
    Object.entries(after)
      .filter(([field, value]) => value !== undefined && value !== before[field])
      .map(([field, value]) => [field, [before[field], value]]),
  );
}
