import type { TicketFilter } from '../../../apps/api/src/modules/tickets/ticket-list-filter.js';
import { runInContext } from '#core/context/context.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { ticketList } from '../../../apps/api/src/modules/tickets/ticket-list.sql.js';
import { ticketById } from '../../../apps/api/src/modules/tickets/tickets.sql.js';
import {
  ticketDetailSelect,
  ticketSelect,
  toTicketDto,
  type TicketRow,
} from '../../../apps/api/src/modules/tickets/tickets.view.js';
import { useApp } from '../../support/app.js';

/** The hand-written statements must give what Prisma gives for the selection beside them, column by column. */
const running = await useApp();
const acme = await running.given.organization();
const agent = await acme.user('agent', 'Ada Agent');
const plain = await acme.ticket();
const full = await acme.ticket({
  subject: 'Ünïcode ✓',
  tags: ['b', 'a'],
  priority: 'urgent',
  assigneeId: agent.user.id,
});
await acme.owner.put(`/tickets/${full.id}/closure`);
await acme.message(plain.id, 'reply');
await acme.message(plain.id, 'note');
const key = await acme.apiKey(['tickets:write']);
await key.post(`/tickets/${plain.id}/messages`, { kind: 'note', body: 'By a key.' });

const db = running.get(TenantDb);
const inAcme = <T>(work: () => Promise<T>): Promise<T> =>
  runInContext({ requestId: 'statements-spec', organizationId: acme.id }, work);
const prisma = <T>(work: (client: TenantClient) => Promise<T>): Promise<T> =>
  inAcme(() => work(db.client));

it.each([
  ['plain', plain.id],
  ['closed, assigned and tagged', full.id],
])('a ticket that is %s is the same row either way', async (_, id) => {
  const [bySql] = await inAcme(() => db.sql<TicketRow>(ticketById, [id]));
  const byPrisma = await prisma((client) =>
    client.ticket.findFirstOrThrow({ where: { id }, select: ticketDetailSelect }),
  );
  const { mergedIntoNumber, ...row } = bySql!;

  expect(mergedIntoNumber).toBeNull();
  expect(Object.keys(row).sort()).toEqual(Object.keys(ticketDetailSelect).sort());
  expect(toTicketDto(row)).toEqual(toTicketDto(byPrisma));
  expect(JSON.parse(JSON.stringify(byPrisma))).toEqual(row);
});

const filters: [string, TicketFilter, object][] = [
  ['all', {}, {}],
  ['status', { status: 'closed' }, { status: 'closed' }],
  ['priority', { priority: 'urgent' }, { priority: 'urgent' }],
  ['assignee', { assigneeId: agent.user.id }, { assigneeId: agent.user.id }],
  ['nobody', { assigneeId: null }, { assigneeId: null }],
  ['requester', { requesterId: plain.requester.id }, { requesterId: plain.requester.id }],
  ['tag', { tag: 'a' }, { tags: { has: 'a' } }],
  ['since', { updatedSince: plain.createdAt }, { updatedAt: { gte: plain.createdAt } }],
];

it.each(filters)('the list by %s is the same rows either way', async (_, filter, where) => {
  const page = { skip: 0, limit: 25, cursor: null };
  const { statement, values } = ticketList(filter, '-createdAt', page);

  const bySql = await inAcme(() => db.sql<TicketRow & { counted: number }>(statement, values));
  const byPrisma = await prisma((client) =>
    client.ticket.findMany({
      where,
      select: ticketSelect,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    }),
  );

  expect(bySql.map(toTicketDto)).toEqual(byPrisma.map(toTicketDto));
  expect(bySql.length).toBeGreaterThan(0);
  for (const { counted } of bySql) expect(counted).toBe(byPrisma.length);
});

it('a ticket made by the statement is in the tables as one made step by step', async () => {
  const rows = await prisma((client) =>
    client.message.findMany({ where: { ticketId: plain.id }, select: { id: true } }),
  );
  const tags = await prisma((client) =>
    client.ticketTag.findMany({ where: { ticketId: full.id }, select: { tag: true } }),
  );
  const shown = (await acme.owner.get(`/tickets/${plain.id}`)).body.data;

  expect(shown.messageCount).toBe(rows.length);
  expect(tags.map(({ tag }) => tag).sort()).toEqual(['a', 'b']);
});
