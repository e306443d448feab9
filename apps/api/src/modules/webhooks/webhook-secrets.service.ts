import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { wholePage, type Page } from '#core/database/page.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantClient, TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { CreatedWebhookSecretDto, WebhookSecretDto } from './dto/webhook-secret.dto.js';
import { holdEndpoint } from './webhook-fan-out.sql.js';
import { SECRET_PREFIX } from './webhook-message.js';
import { shownUrl } from './webhook-url.js';
import { EndpointNotFound, LastSecret, SecretNotFound } from './webhooks.exceptions.js';

const SECRET_BYTES = 32;
/** Milliseconds that a secret goes on beside its successor. */
const OVERLAP = 24 * 3_600_000;

const secretSelect = { id: true, createdAt: true, expiresAt: true } as const;

/** What deliveries are signed with. Shown when it is made and never again; two are live while it is rotated. */
@Injectable()
export class WebhookSecrets {
  constructor(
    private readonly db: TenantDb,
    private readonly system: SystemDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Makes a secret for an endpoint, inside `tx`. Gives it as it is shown. */
  async make(tx: TenantTransaction, endpointId: string): Promise<CreatedWebhookSecretDto> {
    const [id, bytes, createdAt] = [newId(), randomBytes(SECRET_BYTES), this.clock.now()];
    const sealed = this.config.settings.secrets.seal('sealed:webhook', id, bytes);
    await tx.webhookSecret.createMany({ data: [{ id, endpointId, sealed, createdAt }] });
    const secret = `${SECRET_PREFIX}${bytes.toString('base64')}`;
    return { ...toDto({ id, createdAt, expiresAt: null }), secret };
  }

  /** The live secrets of an endpoint, the newest first; never what they are. Throws {@link EndpointNotFound}. */
  async list(endpointId: string): Promise<Page<WebhookSecretDto>> {
    await this.#endpoint(this.db.client, endpointId);
    return wholePage((await this.#live(this.db.client, endpointId)).map(toDto));
  }

  /**
   * Makes a new secret. The one of before signs beside it for a day, one that was ending already ends now. Throws
   * {@link EndpointNotFound}.
   */
  rotate(endpointId: string): Promise<CreatedWebhookSecretDto> {
    return this.db.transaction(async (tx) => {
      const { url } = await this.#hold(tx, endpointId);
      const now = this.clock.now();
      for (const { id, expiresAt } of await this.#live(tx, endpointId)) {
        const end = expiresAt === null ? new Date(now.getTime() + OVERLAP) : now;
        await tx.webhookSecret.updateMany({ where: { id }, data: { expiresAt: end } });
      }
      const made = await this.make(tx, endpointId);
      this.#tell(endpointId, { url: shownUrl(url), secretId: made.id });
      return made;
    });
  }

  /** Ends a secret at once. Throws {@link EndpointNotFound}, {@link SecretNotFound}, {@link LastSecret}. */
  async end(endpointId: string, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.#hold(tx, endpointId);
      const live = await this.#live(tx, endpointId);
      if (!live.some((secret) => secret.id === id)) throw new SecretNotFound();
      if (live.filter(({ expiresAt }) => expiresAt === null).every((last) => last.id === id))
        throw new LastSecret();
      await tx.webhookSecret.deleteMany({ where: { id, endpointId } });
    });
  }

  /** What is signed with now, the newest first. Asked of the handle that may read it. */
  async live(organizationId: string, endpointId: string): Promise<Buffer[]> {
    const rows = await this.system.client.webhookSecret.findMany({
      where: { organizationId, endpointId, ...this.#isLive() },
      orderBy: { id: 'desc' },
      select: { id: true, sealed: true },
    });
    const { secrets } = this.config.settings;
    return rows.map(({ id, sealed }) => secrets.unseal('sealed:webhook', id, sealed));
  }

  #live(db: Pick<TenantClient, 'webhookSecret'>, endpointId: string) {
    return db.webhookSecret.findMany({
      where: { endpointId, ...this.#isLive() },
      orderBy: { id: 'desc' },
      select: secretSelect,
    });
  }

  #isLive() {
    return { OR: [{ expiresAt: null }, { expiresAt: { gt: this.clock.now() } }] };
  }

  async #hold(tx: TenantTransaction, id: string): Promise<{ url: string }> {
    await tx.sql(holdEndpoint, [id]);
    return this.#endpoint(tx, id);
  }

  async #endpoint(db: Pick<TenantClient, 'webhookEndpoint'>, id: string): Promise<{ url: string }> {
    const where = { id, removedAt: null };
    const row = await db.webhookEndpoint.findFirst({ where, select: { url: true } });
    if (!row) throw new EndpointNotFound();
    return row;
  }

  #tell(id: string, data: Record<string, unknown>): void {
    const subject = { type: 'webhook_endpoint', id };
    this.ledger.record({ type: 'webhook_endpoint.secret_rotated', subject, data });
  }
}

function toDto(row: { id: string; createdAt: Date; expiresAt: Date | null }): WebhookSecretDto {
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}
