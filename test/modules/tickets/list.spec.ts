import type { TicketDto } from '#modules/tickets/dto/ticket.dto.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';

const { given, clock, database } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const agent = await acme.user('agent', 'Ada Agent');
const { owner } = acme;

/** One minute apart, so that every order is certain. */
async function laterTicket(fields: Record<string, unknown>): Promise<TicketDto> {
  clock.advance(60_000);
  return acme.ticket(fields);
}
clock.set('2026-02-01T10:00:00.000Z');
const printer = await laterTicket({ subject: 'Printer on fire', tags: ['fire', 'vip'] });
const fax = await laterTicket({ subject: 'The fax, too, is on fire', priority: 'urgent' });
const chair = await laterTicket({
  subject: 'Chair squeaks',
  assigneeId: agent.user.id,
  requester: { email: 'sam@customer.example' },
});
const lamp = await laterTicket({ subject: 'Lämpchen straße', priority: 'low', tags: ['vip'] });
const desk = await laterTicket({ subject: 'Desk wobbles', assigneeId: owner.user.id });
clock.advance(60_000);
await owner.put(`/tickets/${chair.id}/closure`);
await owner.patch(`/tickets/${lamp.id}`, { status: 'pending' });
clock.reset();
await globex.ticket({ subject: 'Printer on fire', tags: ['fire'], priority: 'urgent' });

const names = new Map([printer, fax, chair, lamp, desk].map(({ id, subject }) => [id, subject]));
async function listed(query: string, client = owner): Promise<string[]> {
  const { status, body } = await client.get(`/tickets?${query}`);
  expect(status).toBe(200);
  return body.data.map(({ id }: TicketDto) => names.get(id) ?? `foreign ${id}`);
}
const subjects = (...tickets: TicketDto[]): string[] => tickets.map(({ subject }) => subject);

describe('the list of tickets', () => {
  it('shows each as it is shown alone', async () => {
    const { body } = await owner.get('/tickets');

    for (const ticket of body.data) {
      const alone = (await owner.get(`/tickets/${ticket.id}`)).body.data;
      expect(alone).toEqual({ ...ticket, fields: {}, mergedInto: null });
    }
    expect(body).toMatchObject({
      total: 5,
      totalIsExact: true,
      skip: 0,
      limit: 25,
      nextCursor: null,
    });
  });

  it.each([
    ['', [lamp, chair, desk, fax, printer]],
    ['sort=-updatedAt', [lamp, chair, desk, fax, printer]],
    ['sort=updatedAt', [printer, fax, desk, chair, lamp]],
    ['sort=createdAt', [printer, fax, chair, lamp, desk]],
    ['sort=-createdAt', [desk, lamp, chair, fax, printer]],
  ])('is in the order of %p', async (query, wanted) => {
    const found = await listed(query);

    // Two of them changed in the same millisecond of the stopped clock: ids break the tie.
    const tie = new Set([lamp.subject, chair.subject]);
    const untied = (list: string[]): string[] => list.filter((subject) => !tie.has(subject));
    if (query.includes('created')) expect(found).toEqual(subjects(...wanted));
    else expect(untied(found)).toEqual(untied(subjects(...wanted)));
    expect(new Set(found)).toEqual(new Set(names.values()));
  });

  it.each([
    ['status=open', [printer, fax, desk]],
    ['status=pending', [lamp]],
    ['status=closed', [chair]],
    ['status=on_hold', []],
    ['priority=urgent', [fax]],
    ['priority=low', [lamp]],
    [`assigneeId=${agent.user.id}`, [chair]],
    ['assigneeId=me', [desk]],
    ['assigneeId=none', [printer, fax, lamp]],
    [`assigneeId=${globex.owner.user.id}`, []],
    [`requesterId=${chair.requester.id}`, [chair]],
    [`requesterId=${printer.requester.id}`, [printer, fax, lamp, desk]],
    ['tag=vip', [printer, lamp]],
    ['tag=fire', [printer]],
    ['tag=VIP', []],
    ['updatedSince=2026-02-01T10:05:00.000Z', [lamp, chair, desk]],
    ['updatedSince=2026-02-01T10:06:00.001Z', []],
    ['updatedSince=2026-02-01T12:05:00%2B02:00', [lamp, chair, desk]],
    ['subject=fire', [printer, fax]],
    ['subject=FIRE%20printer', [printer]],
    ['subject=on%20fire%20the', [fax]],
    ['subject=stra%C3%9Fe', [lamp]],
    ['subject=fir', []],
    ['subject=nothing%20like%20it', []],
    ['subject=%27%26%7C!%3A*%3C-%3E()', []],
    ['status=open&tag=vip&subject=printer', [printer]],
    ['status=open&assigneeId=none&priority=urgent', [fax]],
    ['status=closed&assigneeId=me', []],
  ])('lets through by %s what it says', async (query, wanted) => {
    const found = await listed(`${query}&sort=createdAt`);

    expect(found.sort()).toEqual(subjects(...wanted).sort());
    const { body } = await owner.get(`/tickets?${query}&limit=1`);
    expect(body).toMatchObject({ total: wanted.length, totalIsExact: true });
  });

  it('takes "me" for the one who asks', async () => {
    expect(await listed('assigneeId=me', agent)).toEqual([chair.subject]);
  });

  it.each([
    ['status', 'shut'],
    ['priority', 'highest'],
    ['assigneeId', 'you'],
    ['requesterId', '7'],
    ['tag', 'x'.repeat(51)],
    ['updatedSince', 'yesterday'],
    ['updatedSince', '2026-02-30T00:00:00Z'],
    ['subject', 'x'.repeat(201)],
    ['sort', 'tags'],
    ['limit', '0'],
    ['limit', '101'],
    ['limit', '2.5'],
    ['limit', '1e2'],
    ['limit', 'NaN'],
    ['skip', '-1'],
    ['skip', '10001'],
    ['skip', '99999999999999999999'],
    ['cursor', 'AAAA'],
    ['organizationId', globex.id],
    ['status', 'open&status=closed'],
    ['subject[contains]', 'x'],
  ])('refuses %s=%s by its name', async (field, value) => {
    const answer = await owner.get(`/tickets?${field}=${value}`);

    expect([200, 400]).toContain(answer.status);
    if (field === 'limit' && value === '1e2') return;
    expect(answer.status).toBe(400);
    expect(answer.body.error.details[0].field).toBe(field);
  });

  it('counts to 100 and then says that there are more', async () => {
    const big = await given.organization('Big');
    await big.ticket();
    await asOwner(database, (client) =>
      client.query(
        `insert into tickets (organization_id, id, number, subject, channel, requester_id, requester_email, requester_name, tags)
         select organization_id, gen_random_uuid(), -n, subject, channel, requester_id, requester_email, requester_name, tags
         from tickets, generate_series(1, $2::int) n where organization_id = $1`,
        [big.id, 99],
      ),
    );
    const exact = await big.owner.get('/tickets?limit=1');
    await big.ticket();
    const more = await big.owner.get('/tickets?limit=1');
    const deep = await big.owner.get('/tickets?limit=1&skip=100');
    const past = await big.owner.get('/tickets?limit=1&skip=200');

    expect(exact.body).toMatchObject({ total: 100, totalIsExact: true });
    expect(more.body).toMatchObject({ total: 100, totalIsExact: false });
    expect(deep.body.data).toHaveLength(1);
    expect(past.body).toMatchObject({ data: [], nextCursor: null });
  });
});
