import { Injectable } from '@nestjs/common';
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
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { WebhookReplayDto } from './dto/webhook-replay.dto.js';
import { headOfLog } from './webhook-endpoints.sql.js';
import { replaySelect, toReplayDto } from './webhook-deliveries.view.js';
import { holdEndpoint } from './webhook-fan-out.sql.js';
import { shownUrl } from './webhook-url.js';
import {
  EndpointDisabled,
  EndpointNotFound,
  ReplayNotFound,
  ReplayRunning,
} from './webhooks.exceptions.js';

/** Which events: from one to another, or all after one. */
export interface ReplayRange {
  fromSeq?: number;
  toSeq?: number;
  sinceSeq?: number;
}

/** Events of one replay. A longer stretch is asked for in parts. */
const MOST_EVENTS = 1_000_000;

/** Sends what an endpoint was sent, or should have been, once more. */
@Injectable()
export class WebhookReplays {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** The replays of an endpoint, the newest first. Throws {@link EndpointNotFound}. */
  async list(endpointId: string, page: PageRequest): Promise<Page<WebhookReplayDto>> {
    const found = await this.db.client.webhookEndpoint.findFirst({
      where: { id: endpointId, removedAt: null },
      select: { id: true },
    });
    if (!found) throw new EndpointNotFound();
    const { where, ...rest } = newestFirst(page);
    const [rows, counted] = await Promise.all([
      this.db.client.webhookReplay.findMany({
        ...{ where: { AND: [where, { endpointId }] }, ...rest },
        select: replaySelect,
      }),
      this.db.client.webhookReplay.count({ where: { endpointId }, take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, toReplayDto);
  }

  /** How far one has come. Throws {@link ReplayNotFound}. */
  async get(id: string): Promise<WebhookReplayDto> {
    const where = { id, endpoint: { removedAt: null } };
    const row = await this.db.client.webhookReplay.findFirst({ where, select: replaySelect });
    if (!row) throw new ReplayNotFound();
    return toReplayDto(row);
  }

  /**
   * Asks for the events of `range` to be sent once more, those that the endpoint wants now, under the ids that they
   * have. The worker makes the deliveries, bit by bit. Throws {@link EndpointNotFound}, {@link EndpointDisabled},
   * {@link ReplayRunning}, ValidationFailed.
   */
  begin(endpointId: string, range: ReplayRange): Promise<WebhookReplayDto> {
    return this.db.transaction(async (tx) => {
      await tx.sql(holdEndpoint, [endpointId]);
      const endpoint = await tx.webhookEndpoint.findFirst({
        where: { id: endpointId, removedAt: null },
        select: { url: true, isEnabled: true },
      });
      if (!endpoint) throw new EndpointNotFound();
      if (!endpoint.isEnabled) throw new EndpointDisabled();
      const running = await tx.webhookReplay.findFirst({
        where: { endpointId, status: 'running' },
        select: { id: true },
      });
      if (running) throw new ReplayRunning(running.id);
      const [head] = await tx.sql<{ headSeq: number }>(headOfLog, []);
      const { fromSeq, toSeq } = stretch(range, head!.headSeq);
      const id = newId();
      const places = { fromSeq: BigInt(fromSeq), toSeq: BigInt(toSeq), atSeq: BigInt(fromSeq - 1) };
      await tx.webhookReplay.createMany({
        data: [{ id, endpointId, ...places, createdAt: this.clock.now() }],
      });
      this.ledger.record({
        type: 'webhook_endpoint.replayed',
        subject: { type: 'webhook_endpoint', id: endpointId },
        data: { url: shownUrl(endpoint.url), fromSeq, toSeq, replayId: id },
      });
      const where = { id };
      return toReplayDto(await tx.webhookReplay.findFirstOrThrow({ where, select: replaySelect }));
    });
  }
}

/** The first and the last event of `range`, in a log of `head` events. Throws ValidationFailed. */
function stretch(range: ReplayRange, head: number): { fromSeq: number; toSeq: number } {
  const { fromSeq, sinceSeq } = range;
  if (
    (fromSeq === undefined) === (sinceSeq === undefined) ||
    (sinceSeq !== undefined && range.toSeq !== undefined)
  )
    refuse('fromSeq', 'is sent with toSeq or without it, or sinceSeq is sent alone');
  const from = fromSeq ?? sinceSeq! + 1;
  const to = Math.min(range.toSeq ?? head, head);
  if (from > to)
    refuse(fromSeq === undefined ? 'sinceSeq' : 'fromSeq', `is past the last event, ${to}`);
  if (to - from >= MOST_EVENTS)
    refuse('toSeq', `must leave ${MOST_EVENTS} events at most: ask for them in parts`);
  return { fromSeq: from, toSeq: to };
}

function refuse(field: string, problem: string): never {
  throw new ValidationFailed([{ field, problem }]);
}
