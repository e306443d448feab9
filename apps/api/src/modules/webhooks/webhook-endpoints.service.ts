import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { changesOf, requireSeen, type SeenVersion } from '#core/context/version.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { EventCatalogue } from '#core/ledger/event-catalogue.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { PermissionMissing } from '#core/tenancy/access.exceptions.js';
import type { Principal } from '#core/tenancy/principal.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { CreatedWebhookEndpointDto, WebhookEndpointDto } from './dto/webhook-endpoint.dto.js';
import type { Ordering, Payload } from './dto/webhook-terms.js';
import { beginOrder, endOrder, headOfLog, lockEndpoints } from './webhook-endpoints.sql.js';
import { endpointSelect, toEndpointDto, type EndpointRow } from './webhook-endpoints.view.js';
import { holdEndpoint } from './webhook-fan-out.sql.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { endpointUrl, shownUrl } from './webhook-url.js';
import { EndpointNotFound, TooManyEndpoints } from './webhooks.exceptions.js';

export interface NewEndpoint {
  url: string;
  description?: string;
  types?: string[];
  payload?: Payload;
  ordering?: Ordering;
  maxConcurrency?: number;
  ratePerSecond?: number;
  isEnabled?: boolean;
}

export type EndpointChange = Partial<NewEndpoint>;

const MOST_ENDPOINTS = 50;
/** Rights that decide how much of an event an endpoint is sent. */
const READING_RIGHTS = ['notes:read', 'audit:read'] as const;

/** Where an organization wants its events sent. */
@Injectable()
export class WebhookEndpoints {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly secrets: WebhookSecrets,
    private readonly catalogue: EventCatalogue,
  ) {}

  /** The endpoints, the newest first. */
  async list(page: PageRequest): Promise<Page<WebhookEndpointDto>> {
    const { where, ...rest } = newestFirst(page);
    const [rows, counted] = await Promise.all([
      this.db.client.webhookEndpoint.findMany({
        ...{ where: { AND: [where, { removedAt: null }] }, ...rest },
        select: endpointSelect,
      }),
      this.db.client.webhookEndpoint.count({ where: { removedAt: null }, take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, toEndpointDto);
  }

  /** One endpoint. Throws {@link EndpointNotFound}. */
  async get(id: string): Promise<WebhookEndpointDto> {
    const where = { id, removedAt: null };
    const row = await this.db.client.webhookEndpoint.findFirst({ where, select: endpointSelect });
    if (!row) throw new EndpointNotFound();
    return toEndpointDto(row);
  }

  /**
   * Makes an endpoint, which begins at the newest event, and shows its secret this once. It is sent what its maker may
   * read. Throws PermissionMissing, ValidationFailed, {@link TooManyEndpoints}.
   */
  create(by: Principal, wanted: NewEndpoint): Promise<CreatedWebhookEndpointDto> {
    const reads = readingRights(by);
    const { url: given, isEnabled = true, types = [], payload = 'full', ...rest } = wanted;
    const url = this.#url(given);
    this.#requireKnown(types);
    const [id, now] = [newId(), this.clock.now()];
    return this.db.transaction(async (tx) => {
      await tx.sql(lockEndpoints, []);
      const where = { removedAt: null };
      const count = await tx.webhookEndpoint.count({ where, take: MOST_ENDPOINTS });
      if (count >= MOST_ENDPOINTS) throw new TooManyEndpoints(MOST_ENDPOINTS);
      const [head] = await tx.sql<{ headSeq: number }>(headOfLog, []);
      const off = isEnabled ? {} : { disabledAt: now, disabledBecause: 'by_hand' };
      await tx.webhookEndpoint.createMany({
        data: [
          {
            ...{ id, url, types, payload, isEnabled, reads, ...rest, ...off },
            ...{ cursorSeq: BigInt(head!.headSeq), createdAt: now, updatedAt: now },
            createdByUserId: by.actor.type === 'user' ? by.actor.id : null,
            createdByKeyId: by.actor.type === 'api_key' ? by.actor.id : null,
          },
        ],
      });
      const { secret } = await this.secrets.make(tx, id);
      this.#tell('webhook_endpoint.created', id, { url: shownUrl(url), types, payload });
      return { ...toEndpointDto(await this.#find(tx, id)), secret };
    });
  }

  /**
   * Changes what is given. Switched on again, an endpoint goes on where it stood in the log. From then on it is sent
   * what the changer may read. Throws {@link EndpointNotFound}, PermissionMissing, ValidationFailed, EditConflict.
   */
  change(
    by: Principal,
    id: string,
    change: EndpointChange,
    seen: SeenVersion,
  ): Promise<WebhookEndpointDto> {
    const reads = readingRights(by);
    const wanted = { ...change };
    if (change.url !== undefined) wanted.url = this.#url(change.url);
    if (change.types !== undefined) this.#requireKnown(change.types);
    return this.db.transaction(async (tx) => {
      const before = await this.#hold(tx, id);
      requireSeen(seen, before, wanted);
      const changes = changesOf(before, wanted);
      if (Object.keys(changes).length === 0) return toEndpointDto(before);
      const now = this.clock.now();
      await this.#reorder(tx, id, changes, now);
      await tx.webhookEndpoint.updateMany({
        where: { id },
        data: {
          ...wanted,
          ...standing(changes, now),
          ...{ reads, dueAt: now, updatedAt: now, version: before.version + 1 },
        },
      });
      this.#tellChanges(id, wanted.url ?? before.url, changes);
      return toEndpointDto(await this.#find(tx, id));
    });
  }

  /** Deletes an endpoint: nothing is sent from now on, not even what waits. Throws {@link EndpointNotFound}, EditConflict. */
  async remove(id: string, seen: SeenVersion): Promise<void> {
    await this.db.transaction(async (tx) => {
      const before = await this.#hold(tx, id);
      requireSeen(seen, before, { url: null });
      await tx.webhookSecret.deleteMany({ where: { endpointId: id } });
      const now = this.clock.now();
      const data = { removedAt: now, isEnabled: false, dueAt: null, updatedAt: now };
      await tx.webhookEndpoint.updateMany({ where: { id }, data });
      this.#tell('webhook_endpoint.removed', id, { url: shownUrl(before.url) });
    });
  }

  async #reorder(
    tx: TenantTransaction,
    id: string,
    { ordering }: Record<string, [unknown, unknown]>,
    now: Date,
  ): Promise<void> {
    if (ordering?.[1] === 'none') await tx.sql(endOrder, [id, now]);
    if (ordering?.[1] === 'subject') await tx.sql(beginOrder, [id]);
  }

  #tellChanges(id: string, url: string, all: Record<string, [unknown, unknown]>): void {
    const { isEnabled, ...changes } = all;
    const data = { url: shownUrl(url) };
    if (changes.url) changes.url = changes.url.map((each) => shownUrl(each as string)) as never;
    if (Object.keys(changes).length > 0) this.#tell('webhook_endpoint.changed', id, data, changes);
    if (isEnabled?.[1] === true)
      this.#tell('webhook_endpoint.enabled', id, data, { isEnabled: [false, true] });
    if (isEnabled?.[1] === false)
      this.#tell('webhook_endpoint.disabled', id, { ...data, reason: 'by_hand' });
  }

  async #hold(tx: TenantTransaction, id: string): Promise<EndpointRow> {
    await tx.sql(holdEndpoint, [id]);
    return this.#find(tx, id);
  }

  async #find(tx: TenantTransaction, id: string): Promise<EndpointRow> {
    const where = { id, removedAt: null };
    const row = await tx.webhookEndpoint.findFirst({ where, select: endpointSelect });
    if (!row) throw new EndpointNotFound();
    return row;
  }

  /** An endpoint that waits for what nobody declares would wait for ever, and say nothing. */
  #requireKnown(types: readonly string[]): void {
    const problems = types
      .filter((type) => this.catalogue.matching(type).length === 0)
      .map((type) => ({
        field: 'types',
        problem: `names ${type}, which is no type of event: GET /event-types lists them`,
      }));
    if (problems.length > 0) throw new ValidationFailed(problems);
  }

  #url(text: string): string {
    return endpointUrl(text, this.config.settings.allowedPrivateNetworks.length > 0);
  }

  #tell(
    type: string,
    id: string,
    data: Record<string, unknown>,
    changes?: Record<string, [unknown, unknown]>,
  ): void {
    const subject = { type: 'webhook_endpoint', id };
    this.ledger.record({ type, subject, data, ...(changes && { changes }) });
  }
}

/** What an endpoint of `by` is sent of events. Throws PermissionMissing for somebody who may read none. */
function readingRights({ permissions }: Principal): string[] {
  if (!permissions.has('events:read')) throw new PermissionMissing('events:read');
  return READING_RIGHTS.filter((right) => permissions.has(right));
}

/** What switching on or off brings with it. */
function standing({ isEnabled }: Record<string, [unknown, unknown]>, now: Date): object {
  if (isEnabled === undefined) return {};
  return isEnabled[1] === true
    ? { disabledAt: null, disabledBecause: null, failingSince: null, toldAt: null }
    : { disabledAt: now, disabledBecause: 'by_hand' };
}
