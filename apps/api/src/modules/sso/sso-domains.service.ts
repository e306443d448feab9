import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { SystemDb } from '#core/database/system-db.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { DnsSilent, DnsTxt } from '#core/network/dns-txt.js';
import { Entitlements, requireFeature } from '#core/tenancy/entitlements.js';
import { ROLE_PERMISSIONS } from '#core/tenancy/permissions.js';
import type { Principal } from '#core/tenancy/principal.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { requireCover } from '#modules/users/people.service.js';
import { ownableDomain, proofName, proofText } from './domain-name.js';
import type { SsoDomainDto } from './dto/sso-domain.dto.js';
import { SsoEnforcement } from './sso-enforcement.service.js';
import {
  ConnectionNotFound,
  DnsUnavailable,
  DomainAlreadyAdded,
  DomainNotFound,
  DomainNotProved,
  DomainTaken,
} from './sso.exceptions.js';

const UNIQUE_VIOLATION = 'P2002';

const domainSelect = {
  id: true,
  domain: true,
  connectionId: true,
  proof: true,
  verifiedAt: true,
  createdAt: true,
} as const;

interface DomainRow {
  id: string;
  domain: string;
  connectionId: string;
  proof: string;
  verifiedAt: Date | null;
  createdAt: Date;
}

/**
 * Domains whose addresses sign in through a connection. Anybody may add any domain; it counts once its DNS has proved
 * it, and then for one organization alone. Only who has proved a domain can learn that another one has it.
 */
@Injectable()
export class SsoDomains {
  constructor(
    private readonly db: TenantDb,
    private readonly system: SystemDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly dns: DnsTxt,
    private readonly enforcement: SsoEnforcement,
    private readonly entitlements: Entitlements,
  ) {}

  /** The domains, the newest first. */
  async list(page: PageRequest): Promise<Page<SsoDomainDto>> {
    const [rows, counted] = await Promise.all([
      this.db.client.ssoDomain.findMany({ ...newestFirst(page), select: domainSelect }),
      this.db.client.ssoDomain.count({ take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, toDomainDto);
  }

  /** Adds a domain, to be proved. Throws ValidationFailed, LimitReached, {@link ConnectionNotFound}, {@link DomainAlreadyAdded}. */
  async add(by: Principal, text: string, connectionId: string): Promise<SsoDomainDto> {
    requireCover(by, ROLE_PERMISSIONS.admin);
    const domain = ownableDomain(text);
    if (domain === null) {
      const problem =
        'must be a domain of your own, such as acme.example: no suffix, no mailbox provider';
      throw new ValidationFailed([{ field: 'domain', problem }]);
    }
    const id = newId();
    return this.db.transaction(async (tx) => {
      requireFeature(await this.entitlements.ownWithin(tx), 'sso');
      const connection = await tx.ssoConnection.findFirst({
        where: { id: connectionId },
        select: { id: true },
      });
      if (!connection) throw new ConnectionNotFound();
      const { count } = await tx.ssoDomain.createMany({
        data: [{ id, domain, connectionId, proof: newProof(), createdAt: this.clock.now() }],
        skipDuplicates: true,
      });
      if (count === 0) throw new DomainAlreadyAdded();
      this.#tell('sso.domain_added', id, { domain, connectionId });
      return toDomainDto(
        await tx.ssoDomain.findFirstOrThrow({ where: { id }, select: domainSelect }),
      );
    });
  }

  /**
   * Asks the DNS whether the domain is the organization's. Once verified it stays so, whatever becomes of the record,
   * until it is removed here or another organization proves it while the record is gone. Throws
   * {@link DomainNotFound}, LimitReached, {@link DomainNotProved}, {@link DomainTaken}, {@link DnsUnavailable}.
   */
  async verify(by: Principal, id: string): Promise<SsoDomainDto> {
    requireCover(by, ROLE_PERMISSIONS.admin);
    const row = await this.#find(id);
    const { domain, proof } = row;
    const found = await this.#records(domain);
    if (!found.includes(proofText(proof)))
      throw new DomainNotProved(proofName(domain), proofText(proof));
    if (row.verifiedAt !== null) return toDomainDto(row);
    await this.#takeOver(by.organizationId, domain, found);
    try {
      return await this.db.transaction(async (tx) => {
        requireFeature(await this.entitlements.ownWithin(tx), 'sso');
        const now = this.clock.now();
        const { count } = await tx.ssoDomain.updateMany({
          where: { id, verifiedAt: null },
          data: { verifiedAt: now, checkedAt: now },
        });
        if (count > 0) this.#tell('sso.domain_verified', id, { domain });
        const after = await tx.ssoDomain.findFirst({ where: { id }, select: domainSelect });
        if (!after) throw new DomainNotFound();
        return toDomainDto(after);
      });
    } catch (error) {
      if ((error as { code?: string }).code === UNIQUE_VIOLATION) throw new DomainTaken();
      throw error;
    }
  }

  /** Removes a domain. Throws {@link DomainNotFound}, StillEnforced. */
  remove(by: Principal, id: string): Promise<void> {
    requireCover(by, ROLE_PERMISSIONS.admin);
    return this.db.transaction(async (tx) => {
      const row = await tx.ssoDomain.findFirst({ where: { id }, select: { domain: true } });
      if (!row) throw new DomainNotFound();
      await tx.ssoDomain.deleteMany({ where: { id } });
      await this.enforcement.requireStillReady(tx);
      this.#tell('sso.domain_removed', id, { domain: row.domain });
    });
  }

  async #find(id: string): Promise<DomainRow> {
    const row = await this.db.client.ssoDomain.findFirst({ where: { id }, select: domainSelect });
    if (!row) throw new DomainNotFound();
    return row;
  }

  async #records(domain: string): Promise<string[]> {
    try {
      return await this.dns.lookup(proofName(domain));
    } catch (error) {
      if (error instanceof DnsSilent) throw new DnsUnavailable();
      throw error;
    }
  }

  /**
   * A domain is sold, or a company splits: whoever controls its DNS now gets it, but while the record of its holder is
   * there too, nobody is put out. Throws {@link DomainTaken}.
   */
  async #takeOver(organizationId: string, domain: string, found: string[]): Promise<void> {
    const holder = await this.system.client.ssoDomain.findFirst({
      where: { domain, verifiedAt: { not: null }, organizationId: { not: organizationId } },
      select: { organizationId: true, id: true, proof: true },
    });
    if (!holder) return;
    if (found.includes(proofText(holder.proof))) throw new DomainTaken();
    // Told in the other organization's log by nobody: who took it over is not theirs to know.
    await runInContext({ requestId: 'sso-takeover' }, () =>
      this.system.transactionIn(holder.organizationId, async (tx) => {
        const { count } = await tx.ssoDomain.updateMany({
          where: {
            organizationId: holder.organizationId,
            id: holder.id,
            verifiedAt: { not: null },
          },
          data: { verifiedAt: null },
        });
        if (count > 0) this.#tell('sso.domain_lost', holder.id, { domain });
      }),
    );
  }

  #tell(type: string, id: string, data: Record<string, unknown>): void {
    this.ledger.record({ type, subject: { type: 'sso_domain', id }, data });
  }
}

function newProof(): string {
  return randomBytes(20).toString('hex');
}

function toDomainDto(row: DomainRow): SsoDomainDto {
  const { id, domain, connectionId } = row;
  return {
    ...{ id, domain, connectionId },
    txtName: proofName(domain),
    txtValue: proofText(row.proof),
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
