import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentContext, requireOrganizationId, runInContext } from '#core/context/context.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Log } from '#core/logging/log.js';
import { PrincipalCache } from '#core/tenancy/principal-cache.js';
import { mayConcern, type Principal } from '#core/tenancy/principal.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { logHead, logStretch } from './audit.sql.js';
import { endOf, headingOf, lineOf, type Format } from './log-format.js';
import { toLogLine, type ChainRow } from './log-line.js';
import type { TrailFilter, TrailScope } from './trail.js';

/** Events that are in memory at once. */
const EVENTS_A_READ = 100;

export interface ExportRequest {
  format: Format;
  scope: TrailScope;
  filter: TrailFilter;
  reader: ExportReader;
}

/** Who reads, and how to ask whether their credential is still good: a slow reader reads for a long time. */
export interface ExportReader {
  principal: Principal;
  isStillGood(): Promise<boolean>;
}

/** The reader's credential ended while they read: the file is cut off, and can be told from a whole one. */
class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

/** A file that is made while it is read. */
export interface ExportedFile {
  name: string;
  mediaType: string;
  chunks: AsyncIterable<string>;
}

const MEDIA_TYPES: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
};

/** The log as a file that can be verified without us. */
@Injectable()
export class AuditExports {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly cache: PrincipalCache,
    private readonly log: Log,
  ) {}

  /** Records that the log was taken out, by whom and from where, and opens the file: that event is the last of it. */
  async open(request: ExportRequest): Promise<ExportedFile> {
    const { format, scope, filter } = request;
    const organizationId = requireOrganizationId('an export');
    await this.db.transaction(async () => {
      this.ledger.record({
        type: 'audit.exported',
        subject: { type: 'organization', id: organizationId },
        data: { format, scope, filters: filter, ...currentContext()?.origin },
      });
    });
    const day = this.clock.now().toISOString().slice(0, 10);
    return {
      name: `manydesk-audit-${day}.${format}`,
      mediaType: MEDIA_TYPES[format],
      chunks: this.#whileGood(request.reader, this.#chunks(organizationId, request)),
    };
  }

  /** Asked again when something about the reader changes, and not by the clock: a token of minutes would cut a long file. */
  async *#whileGood(
    { principal, isStillGood }: ExportReader,
    chunks: AsyncIterable<string>,
  ): AsyncGenerator<string> {
    let isGone = false;
    const stop = this.cache.onChange((tag) => {
      if (!mayConcern(principal, tag)) return;
      void isStillGood().then(
        (isGood) => (isGone ||= !isGood),
        () => (isGone = true),
      );
    });
    try {
      for await (const chunk of chunks) {
        if (isGone) throw new ReaderGone();
        yield chunk;
      }
    } catch (error) {
      const { organizationId } = principal;
      this.log.warn('audit.export_cut_off', { organizationId, actorId: principal.actor.id, error });
      throw error;
    } finally {
      stop();
    }
  }

  /**
   * A chunk at a time, and the next one when the reader has taken it. The log only grows, so that each can be read by
   * itself; it ends where the log ended at the start, however much is written meanwhile.
   */
  async *#chunks(organizationId: string, request: ExportRequest): AsyncGenerator<string> {
    const { format, scope, filter } = request;
    // The reader asks from an event of its socket, which knows nothing of the organization.
    const context = { ...currentContext()!, organizationId };
    const [head] = await runInContext(context, () =>
      this.db.sql<{ seq: number; hash: string }>(logHead, []),
    );
    const { seq: headSeq, hash: headHash } = head!;
    let events = 0;
    yield headingOf(format);
    for (let after = 0; ;) {
      const query = logStretch(filter, scope, { after, upTo: headSeq, limit: EVENTS_A_READ });
      const rows = await runInContext(context, () =>
        this.db.sql<ChainRow>(query.statement, query.values),
      );
      events += rows.length;
      if (rows.length > 0) yield rows.map((row) => lineOf(format, toLogLine(row))).join('');
      if (rows.length < EVENTS_A_READ) break;
      after = rows.at(-1)!.seq;
    }
    yield endOf(format, organizationId, {
      scope,
      filters: { ...filter },
      events,
      headSeq,
      headHash,
    });
  }
}
