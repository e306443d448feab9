import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import type { SeenVersion } from '#core/context/version.js';
import { toPage, type Page, type PageRequest } from '#core/database/page.js';
import type { PreparedStatement } from '#core/database/prepared-statement.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { Fields, mergedValues, type FieldValues } from '#modules/fields/fields.service.js';
import { CompanyNameTaken, CompanyNotFound, DomainTaken } from './companies.exceptions.js';
import {
  companyById,
  companyList,
  companyToChange,
  companyToRename,
  letPeopleGo,
  takeInPeople,
} from './companies.sql.js';
import { companyTag, cursorOf, toCompanyDto, type CompanyRow } from './customers.view.js';
import type { CompanyDto } from './dto/company.dto.js';
import { changedFields, named, nextVersion } from './field-changes.js';
import { mailDomain } from './mail-domain.js';

/** A company with the tag of what is shown of it. */
export interface TaggedCompany {
  company: CompanyDto;
  etag: string;
}

export interface CompanyChange {
  name?: string;
  domains?: string[];
  notes?: string;
  fields?: Record<string, unknown>;
}

const UNIQUE_VIOLATION = 'P2002';

/** The companies that customers are of. Who writes from a domain of one is of it. */
@Injectable()
export class CompaniesService {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly fields: Fields,
  ) {}

  /** One page of the companies whose name or domain begins with `q`, the newest first. */
  async list(q: string | undefined, page: PageRequest): Promise<Page<CompanyDto>> {
    const { statement, values } = companyList(q, page);
    const rows = await this.db.sql<CompanyRow & { counted: number }>(statement, values);
    // Past the end there is no row to carry the count: what was skipped is then all there is, at least.
    const counted = rows[0]?.counted ?? page.skip;
    return toPage(rows, page, counted, cursorOf, toCompanyDto);
  }

  /** One company. Throws {@link CompanyNotFound}. */
  async get(id: string): Promise<TaggedCompany> {
    const [row] = await this.db.sql<CompanyRow>(companyById, [id]);
    if (!row) throw new CompanyNotFound();
    return tagged(row);
  }

  /**
   * Makes a company and takes in the people of its domains who are of none. Throws {@link CompanyNameTaken},
   * {@link DomainTaken}, ValidationFailed for domains and custom fields.
   */
  async create(company: CompanyChange & { name: string }): Promise<TaggedCompany> {
    const domains = readDomains(company.domains ?? []);
    return this.#write(async (tx) => {
      const id = newId();
      const fields = await this.fields.validate('company', company.fields ?? {}, tx);
      const now = this.clock.now();
      const { name, notes = '' } = company;
      await tx.company.createMany({
        data: [
          { id, name, notes, fields: mergedValues({}, fields), createdAt: now, updatedAt: now },
        ],
      });
      const customers = await this.#addDomains(tx, id, domains);
      this.#record('company.created', id, { domains: domains.length, customers });
      return this.#reread(tx, id);
    });
  }

  /**
   * Changes what is given and leaves the rest; `domains` are all of them. Throws {@link CompanyNotFound},
   * {@link CompanyNameTaken}, {@link DomainTaken}, EditConflict when somebody changed the same since `seen`,
   * ValidationFailed for domains and custom fields.
   */
  async change(id: string, change: CompanyChange, seen: SeenVersion): Promise<TaggedCompany> {
    const { fields: sent = {}, domains: written, ...plain } = change;
    const domains = written === undefined ? undefined : readDomains(written);
    return this.#write(async (tx) => {
      const row = await this.#held(
        tx,
        id,
        plain.name === undefined ? companyToChange : companyToRename,
      );
      const fields = await this.fields.validate('company', sent, tx);
      const before = { ...row, ...named(row.fields) };
      const after = { ...plain, ...(domains ? { domains } : {}), ...named(fields) };
      const changed = changedFields(row, before, after, seen, companyTag(row));
      if (changed.length === 0) return tagged(row);
      const customers = domains ? await this.#setDomains(tx, row, domains) : 0;
      await tx.company.updateMany({
        where: { id },
        data: {
          ...plain,
          fields: mergedValues(row.fields as FieldValues, fields),
          ...nextVersion(row, changed),
          updatedAt: this.clock.now(),
        },
      });
      this.#record('company.changed', id, { fields: changed, customers });
      return this.#reread(tx, id);
    });
  }

  /** Deletes a company: its people and tickets stay, and are of none. Throws {@link CompanyNotFound}. */
  async delete(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.#held(tx, id, companyToRename);
      const [people] = await tx.sql<{ count: number }>(letPeopleGo, [id]);
      await tx.company.deleteMany({ where: { id } });
      this.#record('company.deleted', id, { customers: people!.count });
    });
  }

  async #setDomains(tx: TenantTransaction, row: CompanyRow, domains: string[]): Promise<number> {
    await tx.companyDomain.deleteMany({
      where: { companyId: row.id, domain: { notIn: domains } },
    });
    const added = domains.filter((domain) => !row.domains.includes(domain));
    return this.#addDomains(tx, row.id, added);
  }

  /** Gives the number of people who came with the domains. */
  async #addDomains(tx: TenantTransaction, id: string, domains: string[]): Promise<number> {
    if (domains.length === 0) return 0;
    await tx.companyDomain.createMany({
      data: domains.map((domain) => ({ domain, companyId: id })),
      skipDuplicates: true,
    });
    const foreign = await tx.companyDomain.findMany({
      where: { domain: { in: domains }, companyId: { not: id } },
      select: { domain: true },
    });
    if (foreign.length > 0) throw new DomainTaken(foreign.map(({ domain }) => domain));
    const [people] = await tx.sql<{ count: number }>(takeInPeople, [id, domains]);
    return people!.count;
  }

  async #held(
    tx: TenantTransaction,
    id: string,
    statement: PreparedStatement,
  ): Promise<CompanyRow> {
    const [row] = await tx.sql<CompanyRow>(statement, [id]);
    if (!row) throw new CompanyNotFound();
    return row;
  }

  async #reread(tx: TenantTransaction, id: string): Promise<TaggedCompany> {
    const [row] = await tx.sql<CompanyRow>(companyById, [id]);
    return tagged(row!);
  }

  async #write(work: (tx: TenantTransaction) => Promise<TaggedCompany>): Promise<TaggedCompany> {
    try {
      return await this.db.transaction(work);
    } catch (error) {
      // Domains skip what is there, so only a name can be taken.
      if ((error as { code?: string }).code === UNIQUE_VIOLATION) throw new CompanyNameTaken();
      throw error;
    }
  }

  #record(type: string, id: string, data: Record<string, unknown>): void {
    this.ledger.record({ type, subject: { type: 'company', id }, data });
  }
}

function tagged(row: CompanyRow): TaggedCompany {
  return { company: toCompanyDto(row), etag: companyTag(row) };
}

/** The domains in their one form and order. Throws {@link ValidationFailed}, which names each that is none. */
function readDomains(written: string[]): string[] {
  const read = written.map(mailDomain);
  const problems = read.flatMap((one, at) =>
    'problem' in one ? [{ field: `domains.${at}`, problem: one.problem }] : [],
  );
  if (problems.length > 0) throw new ValidationFailed(problems);
  return [...new Set(read.flatMap((one) => ('domain' in one ? [one.domain] : [])))].toSorted();
}
