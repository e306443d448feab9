import type { TicketDto } from '#modules/tickets/dto/ticket.dto.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';

const { given, clock, database } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const agent = await acme.user('agent', 'Ada Agent');
const { owner } = acme;

async function laterTicket(fields: Record<string, unknown>): Promise<TicketDto> {
  clock.advance(60_000);
  return acme.ticket(fields);
}
clock.set('2026-02-01T10:00:00.000Z');
const fire = await laterTicket({ subject: 'Printer on fire', tags: ['fire', 'vip'] });
const fax = await laterTicket({ subject: 'The fax is on fire', priority: 'urgent' });
const chair = await laterTicket({ subject: 'Chair squeaks', assigneeId: agent.user.id });
const lamp = await laterTicket({ subject: 'Lamp', priority: 'low', tags: ['vip'] });
const desk = await laterTicket({
  subject: 'Desk wobbles',
  assigneeId: owner.user.id,
  requester: { email: 'sam@customer.example' },
});
await globex.ticket({ subject: 'Printer on fire', tags: ['fire'], priority: 'urgent' });
await owner.put(`/tickets/${chair.id}/closure`);
await owner.patch(`/tickets/${lamp.id}`, { status: 'pending' });
const [team, company] = [crypto.randomUUID(), crypto.randomUUID()];
const states = await asOwner(database, async (client) => {
  const set = (id: string, what: string): Promise<unknown> =>
    client.query(`update tickets set ${what} where id = $1`, [id]);
  await client.query('insert into teams (organization_id, id, name) values ($1, $2, $3)', [
    acme.id,
    team,
    'Second line',
  ]);
  await client.query(
    'insert into team_members (organization_id, team_id, user_id) values ($1, $2, $3)',
    [acme.id, team, agent.user.id],
  );
  await client.query('insert into companies (organization_id, id, name) values ($1, $2, $3)', [
    acme.id,
    company,
    'Hooli',
  ]);
  await set(fire.id, `type = 'incident', team_id = '${team}', company_id = '${company}'`);
  await set(fax.id, `type = 'task', snoozed_until = '2026-03-01'`);
  await set(desk.id, `merged_into_id = '${fire.id}'`);
  await set(
    fire.id,
    `fields = '{"order_no": "A-1", "amount": 5, "due": "2026-02-01", "parts": ["a", "b"], "paid": true}'`,
  );
  await set(
    fax.id,
    `fields = '{"order_no": "A-2", "amount": 50.5, "due": "2026-01-20", "paid": false}'`,
  );
  const { rows } = await client.query(
    'select id from ticket_states where organization_id = $1 and category = $2',
    [acme.id, 'pending'],
  );
  return { pending: rows[0].id as string };
});

const all = [fire, fax, chair, lamp, desk];
const names = new Map(all.map(({ id, subject }) => [id, subject]));
const asked = (conditions: unknown): string => encodeURIComponent(JSON.stringify(conditions));
async function found(conditions: unknown, client = owner): Promise<string[]> {
  const { status, body, text } = await client.get(`/tickets?conditions=${asked(conditions)}`);
  if (status !== 200) throw new Error(text);
  expect(body.total).toBe(body.data.length);
  return body.data.map(({ id }: TicketDto) => names.get(id) ?? `foreign ${id}`).sort();
}
const subjects = (tickets: TicketDto[]): string[] => tickets.map(({ subject }) => subject).sort();
const but = (...left: TicketDto[]): TicketDto[] => all.filter((ticket) => !left.includes(ticket));

describe('conditions', () => {
  it.each<[string, string, unknown, TicketDto[]]>([
    ['status', 'is', 'pending', [lamp]],
    ['status', 'is_not', 'closed', but(chair)],
    ['status', 'in', ['closed', 'pending'], [chair, lamp]],
    ['status', 'not_in', ['closed', 'pending'], but(chair, lamp)],
    ['stateId', 'is', states.pending, [lamp]],
    ['stateId', 'is_not', states.pending, but(lamp)],
    ['priority', 'in', ['urgent', 'low'], [fax, lamp]],
    ['type', 'is', 'incident', [fire]],
    ['type', 'is_not', 'incident', but(fire)],
    ['type', 'is', null, [chair, lamp, desk]],
    ['type', 'in', ['task', null], but(fire)],
    ['type', 'not_in', ['task', null], [fire]],
    ['type', 'is_empty', undefined, [chair, lamp, desk]],
    ['type', 'is_not_empty', undefined, [fire, fax]],
    ['assigneeId', 'is', 'me', [desk]],
    ['assigneeId', 'is', agent.user.id, [chair]],
    ['assigneeId', 'is_not', 'me', but(desk)],
    ['assigneeId', 'is', null, [fire, fax, lamp]],
    ['assigneeId', 'in', ['me', agent.user.id], [chair, desk]],
    ['teamId', 'is', team, [fire]],
    ['teamId', 'is', 'mine', []],
    ['teamId', 'is_not', 'mine', all],
    ['teamId', 'is_not', team, but(fire)],
    ['teamId', 'is_empty', null, but(fire)],
    ['companyId', 'is', company, [fire]],
    ['companyId', 'is', crypto.randomUUID(), []],
    ['requesterId', 'is', desk.requester.id, [desk]],
    ['requesterId', 'not_in', [desk.requester.id], but(desk)],
    ['tag', 'is', 'vip', [fire, lamp]],
    ['tag', 'contains', 'fire', [fire]],
    ['tag', 'is_not', 'vip', but(fire, lamp)],
    ['tag', 'in', ['fire', 'nothing'], [fire]],
    ['tag', 'not_in', ['fire', 'nothing'], but(fire)],
    ['tag', 'is_empty', undefined, [fax, chair, desk]],
    ['tag', 'is_not_empty', undefined, [fire, lamp]],
    ['channel', 'is', 'web', all],
    ['channel', 'is_not', 'web', []],
    ['subject', 'contains', 'FIRE on', [fire, fax]],
    ['createdAt', 'before', '2026-02-01T10:02:00Z', [fire]],
    ['createdAt', 'after', '2026-02-01T12:04:00+02:00', [lamp, desk]],
    ['createdAt', 'after', '2026-02-02', []],
    ['createdAt', 'after', '-1d', all],
    ['createdAt', 'before', '-2w', []],
    ['closedAt', 'is_empty', undefined, but(chair)],
    ['closedAt', 'after', '-1h', [chair]],
    ['snoozed', 'is', true, [fax]],
    ['snoozed', 'is', false, but(fax)],
    ['merged', 'is', true, [desk]],
    ['merged', 'is', false, but(desk)],
    ['fields.order_no', 'is', 'A-1', [fire]],
    ['fields.order_no', 'is_not', 'A-1', but(fire)],
    ['fields.order_no', 'in', ['A-1', 'A-2'], [fire, fax]],
    ['fields.order_no', 'is_empty', undefined, but(fire, fax)],
    ['fields.amount', 'is', 5, [fire]],
    ['fields.amount', 'less', 50.5, [fire]],
    ['fields.amount', 'greater', 5, [fax]],
    ['fields.due', 'before', '2026-02-01', [fax]],
    ['fields.due', 'after', '2026-02-01', [fire]],
    ['fields.due', 'before', '-7d', [fax]],
    ['fields.parts', 'contains', 'b', [fire]],
    ['fields.parts', 'in', ['b', 'c'], [fire]],
    ['fields.paid', 'is', true, [fire]],
    ['fields.paid', 'is', false, but(fire)],
    ['fields.nothing_here', 'is', 'x', []],
  ])('let through by %s %s %p what they say', async (field, operator, value, wanted) => {
    expect(await found({ all: [{ field, operator, value }] })).toEqual(subjects(wanted));
  });

  it('take "me" and "mine" for the one who asks', async () => {
    const mine = { all: [{ field: 'teamId', operator: 'is', value: 'mine' }] };
    const notMine = { all: [{ field: 'teamId', operator: 'not_in', value: ['mine'] }] };
    const me = { all: [{ field: 'assigneeId', operator: 'is', value: 'me' }] };

    expect(await found(mine, agent)).toEqual(subjects([fire]));
    expect(await found(notMine, agent)).toEqual(subjects(but(fire)));
    expect(await found(me, agent)).toEqual(subjects([chair]));
  });

  it('hold together, or one of them, or a group inside', async () => {
    const vip = { field: 'tag', operator: 'is', value: 'vip' };
    const low = { field: 'priority', operator: 'is', value: 'low' };
    const urgent = { field: 'priority', operator: 'is', value: 'urgent' };
    const fires = { field: 'subject', operator: 'contains', value: 'fire' };

    expect(await found({ all: [vip, low] })).toEqual(subjects([lamp]));
    expect(await found({ any: [vip, urgent] })).toEqual(subjects([fire, fax, lamp]));
    expect(await found({ all: [fires, { any: [vip, urgent] }] })).toEqual(subjects([fire, fax]));
    expect(await found({ any: [{ all: [vip, low] }, { all: [fires, urgent] }] })).toEqual(
      subjects([fax, lamp]),
    );
    expect(await found({ all: [] })).toEqual(subjects(all));
    expect(await found({ any: [] })).toEqual([]);
  });

  it.each(['-updatedAt', 'updatedAt', '-createdAt', 'createdAt', 'number', '-lastMessageAt'])(
    'page through one of several values as through any list, by %s',
    async (sort) => {
      const notLow = { field: 'priority', operator: 'is_not', value: 'low' };
      const some = { field: 'status', operator: 'in', value: ['closed', 'open'] };
      const list = `/tickets?sort=${sort}&conditions=${asked({ all: [some, notLow] })}`;
      const plain: TicketDto[] = (await owner.get(`/tickets?sort=${sort}`)).body.data;
      const wanted = plain.map(({ id }) => id).filter((id) => id !== lamp.id);

      const paged: string[] = [];
      for (let cursor = ''; ;) {
        const { body } = await owner.get(`${list}&limit=1${cursor && `&cursor=${cursor}`}`);
        paged.push(...body.data.map(({ id }: TicketDto) => id));
        if (!body.nextCursor) break;
        cursor = body.nextCursor;
      }
      const skipped = await owner.get(`${list}&limit=2&skip=1`);

      expect(paged).toEqual(wanted);
      expect(skipped.body.data.map(({ id }: TicketDto) => id)).toEqual(wanted.slice(1, 3));
      expect(skipped.body.total).toBe(4);
    },
  );

  it('narrow the plain filters and are narrowed by a view', async () => {
    const conditions = { all: [{ field: 'tag', operator: 'is', value: 'vip' }] };
    const view = { name: 'VIP', scope: 'personal', conditions };
    const { body } = await owner.post('/views', view);
    const urgentOrLow = { all: [{ field: 'priority', operator: 'in', value: ['low', 'urgent'] }] };

    const both = await owner.get(
      `/tickets?viewId=${body.data.id}&conditions=${asked(urgentOrLow)}&status=pending`,
    );
    expect(both.body.data.map(({ id }: TicketDto) => id)).toEqual([lamp.id]);
    const none = await owner.get(`/tickets?viewId=${body.data.id}&priority=urgent`);
    expect(none.body.data).toEqual([]);
  });
});
