import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import { Metrics } from '#core/logging/metrics.js';
import { SuspendedOrganizations } from '#core/tenancy/suspended-organizations.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { takeEndpoint } from './webhook-fan-out.sql.js';
import { bodyOf, pingBody } from './webhook-message.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import {
  claimDeliveries,
  dueEndpoints,
  eventsAt,
  longestDue,
  type ClaimedRow,
  type SentEventRow,
} from './webhook-sending.sql.js';

/** Milliseconds after which a delivery that was taken and not brought back is due again: longer than any try takes. */
const LEASE = 30_000;
/** Endpoints of one look. */
const MOST_ENDPOINTS = 50;

/** A delivery that this worker sends now. */
export interface ClaimedDelivery {
  organizationId: string;
  endpointId: string;
  id: string;
  leaseId: string;
  eventId: string;
  url: string;
  body: string;
  secrets: Buffer[];
}

export interface DueEndpoint {
  organizationId: string;
  id: string;
}

/** Whose turn it is, and which deliveries are ours to send. */
@Injectable()
export class WebhookClaims {
  constructor(
    private readonly system: SystemDb,
    private readonly db: TenantDb,
    private readonly secrets: WebhookSecrets,
    private readonly clock: Clock,
    private readonly suspended: SuspendedOrganizations,
    metrics: Metrics,
  ) {
    metrics.gauge(
      'webhook_lag_seconds',
      'How long the webhook endpoint that waits longest is past its time; 0 when none waits.',
      async () => (await system.sql<{ seconds: number }>(longestDue, [clock.now()]))[0]!.seconds,
    );
  }

  /** Endpoints whose time has come, without those of organizations that are suspended or have their share under way. */
  due(without: readonly string[]): Promise<DueEndpoint[]> {
    const resting = [...without, ...this.suspended.all()];
    return this.system.sql<DueEndpoint>(dueEndpoints, [this.clock.now(), MOST_ENDPOINTS, resting]);
  }

  /** Takes up to `most` deliveries of an endpoint of the organization in context. None when another worker is at it. */
  async claim(endpointId: string, most: number): Promise<ClaimedDelivery[]> {
    const organizationId = requireOrganizationId('a delivery');
    const [leaseId, now] = [newId(), this.clock.now()];
    const leaseEnd = new Date(now.getTime() + LEASE);
    const rows = await this.db.transaction(async (tx) => {
      const [held] = await tx.sql(takeEndpoint, [endpointId]);
      if (!held) return [];
      return tx.sql<ClaimedRow>(claimDeliveries, [endpointId, now, most, leaseEnd, leaseId]);
    });
    if (rows.length === 0) return [];
    const [secrets, bodies] = await Promise.all([
      this.secrets.live(organizationId, endpointId),
      this.bodies(endpointId, rows),
    ]);
    return rows.map(({ id, eventId, url }) => {
      const body = bodies.get(id)!;
      return { organizationId, endpointId, id, leaseId, eventId, url, body, secrets };
    });
  }

  /** What is sent, by the ids of the deliveries: written anew from the log each time, so that what was erased there is gone. */
  async bodies(
    endpointId: string,
    rows: readonly Omit<ClaimedRow, 'attempts' | 'url'>[],
  ): Promise<Map<string, string>> {
    const organizationId = requireOrganizationId('a delivery');
    const seqs = rows.flatMap(({ seq }) => (seq === null ? [] : [seq]));
    const events =
      seqs.length === 0 ? [] : await this.db.sql<SentEventRow>(eventsAt, [seqs.map(String)]);
    const bySeq = new Map(events.map((event) => [event.seq, event]));
    return new Map(
      rows.map(({ id, eventId, seq, payload, reads, createdAt }) => [
        id,
        seq === null
          ? pingBody({ organizationId, endpointId, id: eventId, createdAt })
          : bodyOf(bySeq.get(seq)!, payload, reads),
      ]),
    );
  }
}
