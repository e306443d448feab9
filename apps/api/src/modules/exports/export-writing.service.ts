import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { ActorRights } from '#core/tenancy/actor-rights.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { Files } from '#modules/attachments/files.service.js';
import { Fields } from '#modules/fields/fields.service.js';
import { TicketWalk } from '#modules/tickets/ticket-list-walk.service.js';
import {
  TicketList,
  type TicketConditions,
  type TicketFilter,
} from '#modules/tickets/ticket-list.service.js';
import {
  exportSelect,
  requesterOf,
  UNDER_WAY,
  type ExportParameters,
  type ExportRow,
} from './exports.view.js';
import { csvHeader, csvLine, jsonLine } from './ticket-lines.js';

const DAY = 24 * 3_600_000;
/** Milliseconds that a file is kept. */
const KEPT_FOR = 7 * DAY;
/** Bytes of one file, above what a million tickets with their messages take. */
const LARGEST_EXPORT = 20 * 1024 ** 3;
/** Tickets that are counted beforehand at most. */
const MOST_COUNTED = 2_000_000;
const FAILED = 'The file could not be written: there may be no room for it.';
const NOT_ALLOWED = 'Whoever asked for it may not export these tickets any more.';

/** Writes exports, from the tables into the store, holding some hundred tickets at a time. */
@Injectable()
export class ExportWriting {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly walk: TicketWalk,
    private readonly tickets: TicketList,
    private readonly fields: Fields,
    private readonly files: Files,
    private readonly rights: ActorRights,
  ) {}

  /**
   * Writes the export and makes it ready. Begins anew when an earlier try did not come to its end, whose bytes nothing
   * names; quiet when it is written. Given up when whoever asked may not have it any more, before it is written or when
   * it is. Throws what the store or the database throws, and is then tried again.
   */
  async write(id: string): Promise<void> {
    const row: ExportRow | null = await this.db.client.export.findFirst({
      where: { id, status: UNDER_WAY },
      select: exportSelect,
    });
    if (!row) return;
    if (!(await this.#mayHave(row))) return this.giveUp(id, NOT_ALLOWED);
    const filter = filterOf(row.parameters as ExportParameters, row.createdAt);
    const { count } = await this.tickets.countUpTo(filter, MOST_COUNTED);
    await this.#note(id, { status: 'running', total: count, done: 0 });
    const stored = await this.files.take(this.#content(row, filter), LARGEST_EXPORT);
    try {
      // A million tickets take minutes, in which somebody can be sent away.
      if (!(await this.#mayHave(row))) return await this.giveUp(id, NOT_ALLOWED);
      await this.db.transaction(async (tx) => {
        const fileId = await this.files.recordOne(tx, stored);
        const finishedAt = this.clock.now();
        const done = await tx.export.updateMany({
          where: { id, status: UNDER_WAY },
          data: {
            ...{ status: 'done', fileId, finishedAt },
            expiresAt: new Date(finishedAt.getTime() + KEPT_FOR),
          },
        });
        if (done.count > 0) this.#record('export.finished', id, { size: stored.size });
      });
    } finally {
      await this.files.release([stored]);
    }
  }

  /** Says that the export was given up, and why. Quiet when it is done. */
  async giveUp(id: string, problem = FAILED): Promise<void> {
    await this.db.transaction(async (tx) => {
      const { count } = await tx.export.updateMany({
        where: { id, status: UNDER_WAY },
        data: {
          status: 'failed',
          problem,
          finishedAt: this.clock.now(),
        },
      });
      if (count > 0) this.#record('export.failed', id, {});
    });
  }

  async #mayHave(row: ExportRow): Promise<boolean> {
    const rights = await this.rights.of(requesterOf(row));
    const { notes } = row.parameters as ExportParameters;
    return rights.has('tickets:export') && (!notes || rights.has('notes:read'));
  }

  async *#content(row: ExportRow, filter: TicketFilter): AsyncGenerator<Uint8Array> {
    const { messages, notes } = row.parameters as ExportParameters;
    const isCsv = row.format === 'csv';
    const keys = (await this.fields.definitions('ticket')).map(({ key }) => key);
    let done = 0;
    if (isCsv) yield Buffer.from(csvHeader(keys));
    // Others may fetch it than who asked: a file without notes does not count them either.
    for await (const step of this.walk.tickets(filter, notes)) {
      const lines = step.map((walked) =>
        isCsv
          ? csvLine(walked, keys)
          : jsonLine('ticket', { ...walked.ticket, fields: walked.fields }),
      );
      yield Buffer.from(lines.join(''));
      const ids = step.map(({ ticket }) => ticket.id);
      if (messages)
        for await (const said of this.walk.messages(ids, notes))
          yield Buffer.from(said.map((message) => jsonLine('message', message)).join(''));
      done += step.length;
      await this.#note(row.id, { done, total: Math.max(row.total, done) });
    }
  }

  async #note(id: string, data: { status?: string; total?: number; done: number }): Promise<void> {
    await this.db.client.export.updateMany({ where: { id, status: UNDER_WAY }, data });
  }

  #record(type: string, id: string, data: Record<string, unknown>): void {
    this.ledger.record({ type, subject: { type: 'export', id }, data });
  }
}

/** As it was meant when it was asked for: "7 days ago" is counted from then. */
function filterOf({ conditions, viewConditions, me }: ExportParameters, now: Date): TicketFilter {
  return {
    ...(conditions ? { conditions: conditions as TicketConditions } : {}),
    ...(viewConditions ? { viewConditions: viewConditions as TicketConditions } : {}),
    me,
    now,
  };
}
