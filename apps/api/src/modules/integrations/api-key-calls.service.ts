import { Injectable } from '@nestjs/common';
import { toPage, type Page, type PageRequest } from '#core/database/page.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { KEPT_CALLS } from './api-key-calls.sql.js';
import type { ApiKeyCallDto } from './dto/api-key-call.dto.js';
import { ApiKeyNotFound } from './integrations.exceptions.js';

const callSelect = {
  id: true,
  at: true,
  method: true,
  path: true,
  status: true,
  errorCode: true,
  duration: true,
  address: true,
  userAgent: true,
  requestId: true,
  body: true,
} as const;

/** The last calls of a key, as its owner sees them. */
@Injectable()
export class ApiKeyCalls {
  constructor(private readonly db: TenantDb) {}

  /** The calls, the newest first; a call is there about a second after its answer. Throws {@link ApiKeyNotFound}. */
  async list(keyId: string, page: PageRequest): Promise<Page<ApiKeyCallDto>> {
    const { cursor, skip, limit } = page;
    const before = cursor && {
      OR: [{ at: { lt: cursor.key } }, { at: cursor.key, id: { lt: cursor.id } }],
    };
    const [keys, rows, counted] = await Promise.all([
      this.db.client.apiKey.count({ where: { id: keyId } }),
      this.db.client.apiKeyCall.findMany({
        where: { keyId, ...before },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        skip,
        take: limit + 1,
        select: callSelect,
      }),
      this.db.client.apiKeyCall.count({ where: { keyId }, take: KEPT_CALLS }),
    ]);
    if (keys === 0) throw new ApiKeyNotFound();
    const placeOfRow = (row: { at: Date; id: string }) => ({
      key: row.at.toISOString(),
      id: row.id,
    });
    return toPage(rows, page, counted, placeOfRow, (row) => ({
      ...row,
      at: row.at.toISOString(),
      body: row.body as ApiKeyCallDto['body'],
    }));
  }
}
