import { runInContext } from '#core/context/context.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import {
  eventsAfter,
  eventSelect,
  type EventRow,
} from '../../../apps/api/src/modules/integrations/events.view.js';
import { useApp } from '../../support/app.js';

const running = await useApp();
const acme = await running.given.organization();
const ticket = await acme.ticket({ tags: ['b', 'a'] });
await acme.owner.put(`/tickets/${ticket.id}/closure`);

/** The hand-written feed must give what Prisma gives for the selection beside it, column by column. */
it('the feed is the same rows either way', async () => {
  const db = running.get(TenantDb);
  const context = { requestId: 'statements-spec', organizationId: acme.id };
  const bySql = await runInContext(context, () => db.sql<EventRow>(eventsAfter, [0, 100]));
  const byPrisma = await runInContext(context, () =>
    db.client.ledgerEvent.findMany({ select: eventSelect, orderBy: { seq: 'asc' } }),
  );

  const plain = byPrisma.map((row) => ({ ...row, seq: Number(row.seq) }));
  const feed = bySql.map(({ headSeq: _, ...row }) => row);
  expect(feed).toEqual(JSON.parse(JSON.stringify(plain)));
  expect(feed.at(-1)!.changes).toEqual({ status: ['open', 'closed'] });
  for (const { headSeq } of bySql) expect(headSeq).toBe(feed.length);
});
