import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { COUNTED_AT_MOST, toPage, type Page, type PageRequest } from '#core/database/page.js';
import type { Principal } from '#core/tenancy/principal.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { WebhookDeliveryDetailDto } from './dto/webhook-attempt.dto.js';
import type { WebhookDeliveryDto } from './dto/webhook-delivery.dto.js';
import type { DeliveryStatus } from './dto/webhook-terms.js';
import { WebhookClaims } from './webhook-claims.service.js';
import {
  attemptSelect,
  deliverySelect,
  toAttemptDto,
  toDeliveryDto,
} from './webhook-deliveries.view.js';
import { holdEndpoint } from './webhook-fan-out.sql.js';
import { PING } from './webhook-message.js';
import {
  DeliveryNotFound,
  EndpointDisabled,
  EndpointNotFound,
  TooMuchWaiting,
} from './webhooks.exceptions.js';

export interface DeliveryFilter {
  status?: DeliveryStatus | undefined;
  type?: string | undefined;
  after?: number | undefined;
}

/** A delivery that somebody asked for. */
interface NewDelivery {
  id: string;
  eventId: string;
  type: string;
  payload: string;
  seq?: bigint | null;
  subjectId?: string | null;
  replayOf?: string;
}

/** Deliveries that may wait before none is added by hand. */
const MOST_WAITING = 20_000;

/** The place of a delivery in the list. */
export const POSITION = /^\d{1,18}$/;

/** What was sent to an endpoint, what came back, and sending it once more. */
@Injectable()
export class WebhookDeliveries {
  constructor(
    private readonly db: TenantDb,
    private readonly claims: WebhookClaims,
    private readonly clock: Clock,
  ) {}

  /** The deliveries of an endpoint, the newest first. Throws {@link EndpointNotFound}. */
  async list(
    endpointId: string,
    filter: DeliveryFilter,
    page: PageRequest,
  ): Promise<Page<WebhookDeliveryDto>> {
    await this.#requireEndpoint(endpointId);
    const where = { endpointId, ...matching(filter) };
    const before = page.cursor && { position: { lt: BigInt(page.cursor.key) } };
    const [rows, counted] = await Promise.all([
      this.db.client.webhookDelivery.findMany({
        where: before ? { AND: [where, before] } : where,
        orderBy: { position: 'desc' },
        skip: page.skip,
        take: page.limit + 1,
        select: deliverySelect,
      }),
      this.db.client.webhookDelivery.count({ where, take: COUNTED_AT_MOST }),
    ]);
    return toPage(
      rows,
      page,
      counted,
      ({ position, id }) => ({ key: String(position), id }),
      toDeliveryDto,
    );
  }

  /** One delivery with its tries; with what it carries for those alone who may read events. Throws {@link DeliveryNotFound}. */
  async get(by: Principal, id: string): Promise<WebhookDeliveryDetailDto> {
    const row = await this.db.client.webhookDelivery.findFirst({
      where: { id, endpoint: { removedAt: null } },
      select: { ...deliverySelect, payload: true, endpoint: { select: { reads: true } } },
    });
    if (!row) throw new DeliveryNotFound();
    const tries = await this.db.client.webhookAttempt.findMany({
      where: { deliveryId: id },
      orderBy: { number: 'asc' },
      select: attemptSelect,
    });
    const { endpoint, ...delivery } = row;
    const dto = toDeliveryDto(delivery);
    // Nobody sees by a delivery what the feed would keep from them.
    const reads = endpoint.reads.filter((right) => by.permissions.has(right as never));
    const bodies = by.permissions.has('events:read')
      ? await this.claims.bodies(row.endpointId, [{ ...dto, payload: row.payload, reads }])
      : null;
    return { ...dto, body: bodies?.get(id) ?? null, tries: tries.map(toAttemptDto) };
  }

  /** Sends a test: no event of the log. Throws {@link EndpointNotFound}, {@link EndpointDisabled}, {@link TooMuchWaiting}. */
  ping(endpointId: string): Promise<WebhookDeliveryDto> {
    const id = newId();
    const ping = { id, eventId: newId(), type: PING, payload: 'thin' };
    return this.db.transaction((tx) => this.#add(tx, endpointId, ping));
  }

  /**
   * Sends the event of a delivery once more, under the same webhook-id and past any order. Throws
   * {@link DeliveryNotFound}, {@link EndpointDisabled}, {@link TooMuchWaiting}.
   */
  replay(id: string): Promise<WebhookDeliveryDto> {
    return this.db.transaction(async (tx) => {
      const row = await tx.webhookDelivery.findFirst({
        where: { id, endpoint: { removedAt: null } },
        select: {
          eventId: true,
          seq: true,
          type: true,
          subjectId: true,
          payload: true,
          endpointId: true,
        },
      });
      if (!row) throw new DeliveryNotFound();
      const { endpointId, ...event } = row;
      return this.#add(tx, endpointId, { ...event, id: newId(), replayOf: id });
    });
  }

  async #add(
    tx: TenantTransaction,
    endpointId: string,
    delivery: NewDelivery,
  ): Promise<WebhookDeliveryDto> {
    await tx.sql(holdEndpoint, [endpointId]);
    const endpoint = await tx.webhookEndpoint.findFirst({
      where: { id: endpointId, removedAt: null },
      select: { isEnabled: true, lastPosition: true, waiting: true },
    });
    if (!endpoint) throw new EndpointNotFound();
    if (!endpoint.isEnabled) throw new EndpointDisabled();
    if (endpoint.waiting >= MOST_WAITING) throw new TooMuchWaiting(MOST_WAITING);
    const now = this.clock.now();
    const position = endpoint.lastPosition + 1n;
    await tx.webhookDelivery.createMany({
      data: [{ ...delivery, endpointId, position, dueAt: now, createdAt: now }],
    });
    await tx.webhookEndpoint.updateMany({
      where: { id: endpointId },
      data: { lastPosition: position, waiting: endpoint.waiting + 1, dueAt: now },
    });
    const where = { id: delivery.id };
    return toDeliveryDto(
      await tx.webhookDelivery.findFirstOrThrow({ where, select: deliverySelect }),
    );
  }

  async #requireEndpoint(id: string): Promise<void> {
    const where = { id, removedAt: null };
    const row = await this.db.client.webhookEndpoint.findFirst({ where, select: { id: true } });
    if (!row) throw new EndpointNotFound();
  }
}

function matching({ status, type, after }: DeliveryFilter): object {
  const types = type?.endsWith('.*') ? { startsWith: type.slice(0, -1) } : type;
  return {
    ...(status !== undefined && { status }),
    ...(types !== undefined && { type: types }),
    ...(after !== undefined && { seq: { gt: BigInt(after) } }),
  };
}
