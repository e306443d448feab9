import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import type { Page, PageRequest } from '#core/database/page.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { countAlone } from '#core/tenancy/limit-lock.js';
import type { Principal } from '#core/tenancy/principal.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { FileLinkDto } from '#modules/attachments/dto/attachment.dto.js';
import { FileLinks } from '#modules/attachments/file-links.service.js';
import { parseConditions, TicketList } from '#modules/tickets/ticket-list.service.js';
import type { ExportDto, ExportFormat } from './dto/export.dto.js';
import {
  ExportExpired,
  ExportNotFound,
  ExportNotReady,
  TooManyExports,
} from './exports.exceptions.js';
import { ExportRows } from './export-rows.service.js';
import {
  askedBy,
  exportSelect,
  isExpired,
  toExportDto,
  UNDER_WAY,
  type ExportParameters,
  type ExportRow,
} from './exports.view.js';

export interface NewExport {
  format: ExportFormat;
  conditions?: unknown;
  viewId?: string;
  include?: { messages?: boolean };
}

/** Exports of an organization that are under way at once. */
const MOST_UNDER_WAY = 5;
/** What rows of tickets are told from others by. */
const TICKETS = { kind: 'tickets' } as const;

/** Files of tickets that people ask for. They are written in the background: `export-writing.service.ts`. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly tickets: TicketList,
    private readonly links: FileLinks,
    private readonly rows: ExportRows,
  ) {}

  /**
   * Asks for a file. Notes are in it when `by` may read them. Throws {@link TooManyExports}, ViewNotFound, and
   * ValidationFailed for conditions that are none.
   */
  async request(by: Principal, wanted: NewExport): Promise<ExportDto> {
    const messages = wanted.include?.messages ?? false;
    if (messages && wanted.format === 'csv')
      throw new ValidationFailed([
        { field: 'include.messages', problem: 'goes with jsonl: a line of CSV is one ticket' },
      ]);
    const parameters: ExportParameters = {
      conditions: wanted.conditions === undefined ? null : parseConditions(wanted.conditions),
      viewConditions:
        wanted.viewId === undefined ? null : await this.tickets.conditionsOfView(wanted.viewId),
      messages,
      notes: messages && by.permissions.has('notes:read'),
      me: by.actor.id,
    };
    const data = {
      ...{ ...TICKETS, id: newId(), format: wanted.format, parameters: { ...parameters } },
      ...askedBy(by.actor),
      createdAt: this.clock.now(),
    };
    const row = await this.db.transaction(async (tx) => {
      await countAlone(tx, 'exports');
      const where = { ...TICKETS, status: UNDER_WAY };
      if ((await tx.export.count({ where, take: MOST_UNDER_WAY })) === MOST_UNDER_WAY)
        throw new TooManyExports(MOST_UNDER_WAY);
      await tx.export.createMany({ data: [data] });
      this.ledger.record({
        type: 'export.requested',
        subject: { type: 'export', id: data.id },
        data: { format: wanted.format, messages, notes: parameters.notes },
      });
      return tx.export.findFirstOrThrow({ where: { id: data.id }, select: exportSelect });
    });
    return toExportDto(row, this.clock.now());
  }

  /** The exports that `by` may fetch, the newest first. */
  list(by: Principal, page: PageRequest): Promise<Page<ExportDto>> {
    return this.rows.page(seenBy(by), page, toExportDto);
  }

  /** One export. Throws {@link ExportNotFound}. */
  async get(by: Principal, id: string): Promise<ExportDto> {
    return toExportDto(await this.#find(by, id), this.clock.now());
  }

  /** A link to the file. Throws {@link ExportNotFound}, {@link ExportNotReady}, {@link ExportExpired}. */
  async link(by: Principal, id: string): Promise<FileLinkDto> {
    const row = await this.#find(by, id);
    if (isExpired(row, this.clock.now())) throw new ExportExpired();
    if (row.status !== 'done' || row.fileId === null) throw new ExportNotReady(row.status);
    const day = row.createdAt.toISOString().slice(0, 10);
    const { notes } = row.parameters as ExportParameters;
    const needs = ['tickets:export', ...(notes ? (['notes:read'] as const) : [])] as const;
    const name = `tickets-${day}.${row.format}`;
    return this.links.to(by, { kind: 'file', id: row.fileId, needs, name });
  }

  async #find(by: Principal, id: string): Promise<ExportRow> {
    const row = await this.rows.find(seenBy(by), id);
    if (!row) throw new ExportNotFound();
    return row;
  }
}

/** What has notes in it is for those who may read notes. */
function seenBy({ permissions }: Principal): object {
  const withoutNotes = { ...TICKETS, parameters: { path: ['notes'], equals: false } };
  return permissions.has('notes:read') ? TICKETS : withoutNotes;
}
