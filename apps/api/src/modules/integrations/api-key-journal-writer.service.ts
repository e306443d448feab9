import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { recordKeyUse, type CallRow } from './api-key-calls.sql.js';
import type { CallNote, JournalPage, UsedPlace } from './journal-page.js';
import { shownPath } from './shown-path.js';

/** Places that are kept of each key; those that it was not used from for the longest go first. */
const KEPT_PLACES = 200;
/** More of a key at once are passed over until they come again an hour later. */
const MOST_AT_ONCE = 200;

/** What the column holds, milliseconds: a stream may be open for weeks. */
const LONGEST_CALL = 2_147_483_647;

/** Writes down what an organization's keys did. */
@Injectable()
export class ApiKeyJournalWriter {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Calls and uses in one statement; places, which are rarely new, in a transaction a key, with their events. */
  async write(organizationId: string, page: JournalPage): Promise<void> {
    await runInContext({ requestId: 'api-key-journal', organizationId }, async () => {
      const uses = [...page.uses].map(([secretId, at]) => ({ secretId, at }));
      const calls = page.calls.map(rowOf);
      await this.db.sql(recordKeyUse, [JSON.stringify(calls), JSON.stringify(uses)]);
    });
    for (const places of byKey(page.places.values())) {
      const { actor, origin, requestId } = places[0]!;
      const context = { requestId, organizationId, actor, origin };
      await runInContext(context, () => this.#writePlaces(places.slice(0, MOST_AT_ONCE)));
    }
  }

  /**
   * Records an event for each place that this transaction is the first to write down: of two processes that see a place
   * at once, one inserts the row and the other finds it. All of them are of one key, and admitted or refused.
   */
  async #writePlaces(places: UsedPlace[]): Promise<void> {
    const { actor, admitted } = places[0]!;
    const keyId = actor.id!;
    const now = this.clock.now();
    // In one order for everybody, so that two processes wait for each other and do not deadlock.
    const byPlace = new Map(places.toReversed().map((used) => [used.place, used]));
    const addresses = [...byPlace.keys()].toSorted();
    await this.db.transaction(async (tx) => {
      const fresh = await tx.apiKeyAddress.createManyAndReturn({
        data: addresses.map((address) => ({
          keyId,
          address,
          admitted,
          firstSeenAt: now,
          lastSeenAt: now,
        })),
        skipDuplicates: true,
        select: { address: true },
      });
      await tx.apiKeyAddress.updateMany({
        where: { keyId, admitted, address: { in: addresses }, lastSeenAt: { lt: now } },
        data: { lastSeenAt: now },
      });
      if (fresh.length > 0) await dropOldest(tx, keyId, admitted);
      for (const { address } of fresh) this.#tell(byPlace.get(address)!);
    });
  }

  #tell({ actor, place, admitted, origin }: UsedPlace): void {
    this.ledger.record({
      type: admitted ? 'api_key.used_from_new_address' : 'api_key.refused',
      subject: { type: 'api_key', id: actor.id! },
      data: {
        name: actor.name,
        // An IPv4 address is its own place, however it came; of IPv6 the whole of it is worth more.
        address: place.includes('/') ? origin.address : place,
        userAgent: origin.userAgent,
      },
    });
  }
}

/** Those that were refused are counted apart: they are anybody's to add to, and must not push out the known ones. */
async function dropOldest(tx: TenantClient, keyId: string, admitted: boolean): Promise<void> {
  const dropped = await tx.apiKeyAddress.findMany({
    where: { keyId, admitted },
    orderBy: [{ lastSeenAt: 'desc' }, { address: 'asc' }],
    skip: KEPT_PLACES,
    select: { address: true },
  });
  if (dropped.length === 0) return;
  const addresses = dropped.map(({ address }) => address);
  await tx.apiKeyAddress.deleteMany({ where: { keyId, admitted, address: { in: addresses } } });
}

function rowOf({ keyId, call }: { keyId: string; call: CallNote }): CallRow {
  const { work, method, url, status, milliseconds, at, shape } = call;
  return {
    id: newId(),
    keyId,
    at: new Date(at).toISOString(),
    method,
    path: shownPath(url),
    status,
    errorCode: work.errorCode ?? null,
    duration: Math.min(Math.round(milliseconds), LONGEST_CALL),
    address: work.origin?.address ?? '',
    userAgent: work.origin?.userAgent ?? null,
    requestId: work.requestId,
    body: shape,
  };
}

function byKey(places: Iterable<UsedPlace>): UsedPlace[][] {
  return [...Map.groupBy(places, ({ actor, admitted }) => `${actor.id} ${admitted}`).values()];
}
