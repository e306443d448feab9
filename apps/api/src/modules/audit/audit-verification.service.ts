import { Injectable } from '@nestjs/common';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { logHead, logStretch } from './audit.sql.js';
import type { VerificationDto } from './dto/verification.dto.js';
import { LogChain } from './log-chain.js';
import { BEFORE_THE_FIRST, toLogLine, type ChainRow } from './log-line.js';

/** Events that are hashed in one go: a few milliseconds in which the process answers nobody else. */
const EVENTS_A_READ = 200;

interface Head {
  organizationId: string;
  seq: number;
  hash: string;
}

interface Break {
  seq: number;
  problem: string;
}

/** Makes the hashes of an organization's log anew and compares. */
@Injectable()
export class AuditVerification {
  constructor(private readonly db: TenantDb) {}

  /** Looks at up to `limit` events after `after`, and at the link to the one before them. */
  async verify(after: number, limit: number): Promise<VerificationDto> {
    const [head] = (await this.db.sql<Head>(logHead, [])) as [Head];
    const upTo = Math.min(head.seq, after + limit);
    const start = await this.#hashAt(after);
    const chain = new LogChain({
      organizationId: head.organizationId,
      seq: after,
      hash: start ?? BEFORE_THE_FIRST,
    });
    const isBeyond = start === null && after <= head.seq;
    const broken = isBeyond
      ? { seq: after, problem: 'it is missing' }
      : await this.#walk(chain, upTo, head);
    return {
      valid: broken === null,
      complete: broken === null && upTo === head.seq,
      events: chain.proved,
      erased: chain.erased,
      fromSeq: chain.first,
      toSeq: chain.first === null ? null : chain.last.seq,
      firstBroken: broken?.seq ?? null,
      problem: broken?.problem ?? null,
      headSeq: head.seq,
      headHash: head.hash,
      nextAfter: broken === null && upTo < head.seq ? upTo : null,
    };
  }

  async #walk(chain: LogChain, upTo: number, head: Head): Promise<Break | null> {
    while (chain.last.seq < upTo) {
      const after = chain.last.seq;
      const rows = await this.#stretch(after, upTo);
      if (rows.length === 0) return { seq: after + 1, problem: 'it is missing' };
      for (const row of rows) {
        const { problem, gap } = chain.take(toLogLine(row));
        if (gap !== null) return { seq: gap.from, problem: 'it is missing' };
        if (problem !== null) return { seq: row.seq, problem };
      }
    }
    const isAtHead = chain.last.seq === head.seq;
    return isAtHead && chain.last.hash !== head.hash
      ? { seq: head.seq, problem: 'it is not the event that the log ends with' }
      : null;
  }

  #stretch(after: number, upTo: number): Promise<ChainRow[]> {
    const query = logStretch({}, 'all', { after, upTo, limit: EVENTS_A_READ });
    return this.db.sql<ChainRow>(query.statement, query.values);
  }

  /** The hash of the event that the walk starts after; null when there is none. */
  async #hashAt(seq: number): Promise<string | null> {
    if (seq === 0) return BEFORE_THE_FIRST;
    const [row] = await this.#stretch(seq - 1, seq);
    return row?.hash ?? null;
  }
}
