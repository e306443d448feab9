import { useApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { AS_MAIL, mail } from '../../support/mail.js';
import { TicketSnooze } from '../../../apps/api/src/modules/tickets/ticket-snooze.service.js';

const running = await useApp({ database: await databaseOfItsOwn('snooze') });
const { given, clock } = running;
const acme = await given.organization();
const globex = await given.organization('Globex');
const sweep = (): Promise<boolean> => running.get(TicketSnooze).sweep();

const MINUTE = 60_000;
const inMinutes = (minutes: number): string =>
  new Date(clock.now().getTime() + minutes * MINUTE).toISOString();
async function snoozed(of = acme, minutes = 2): Promise<string> {
  const { id } = await of.ticket();
  const { status } = await of.owner.put(`/tickets/${id}/snooze`, { until: inMinutes(minutes) });
  expect(status).toBe(200);
  return id;
}
async function typesOf(id: string, of = acme): Promise<string[]> {
  return (await of.events()).filter((e) => e.subject.id === id).map(({ type }) => type);
}
async function untilOf(id: string, of = acme): Promise<string | null> {
  return (await of.owner.get(`/tickets/${id}`)).body.data.snoozedUntil;
}
afterEach(() => clock.reset());

it('a ticket is put out of sight, put off further and brought back', async () => {
  const { id } = await acme.ticket();
  const path = `/tickets/${id}/snooze`;

  const put = await acme.owner.put(path, { until: '2030-01-01T09:00:00+02:00' });
  const further = await acme.owner.put(path, { until: '2030-02-01T09:00:00Z' });
  const back = await acme.owner.delete(path);
  const again = await acme.owner.delete(path);

  expect(put.body.data.snoozedUntil).toBe('2030-01-01T07:00:00.000Z');
  expect(further.body.data.snoozedUntil).toBe('2030-02-01T09:00:00.000Z');
  expect([back.body.data.snoozedUntil, again.status]).toEqual([null, 200]);
  expect(await typesOf(id)).toEqual([
    ...['ticket.created', 'ticket.snoozed', 'ticket.snoozed', 'ticket.woken'],
  ]);
});

it('a time that is past, or none, is refused, and so is a ticket that is closed', async () => {
  const { id } = await acme.ticket();
  const path = `/tickets/${id}/snooze`;

  for (const body of [{ until: '2020-01-01T00:00:00Z' }, { until: 'tomorrow' }, {}]) {
    const answer = await acme.owner.put(path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details[0].field).toBe('until');
  }
  await acme.owner.put(`/tickets/${id}/closure`);
  const closed = await acme.owner.put(path, { until: inMinutes(1) });
  expect(closed.body.error.code).toBe('ticket.closed');
  expect((await globex.owner.put(path, { until: inMinutes(1) })).status).toBe(404);
});

it('it wakes when its time has come, in its own organization, once however many look', async () => {
  const ours = await snoozed();
  const theirs = await snoozed(globex);
  const later = await snoozed(acme, 60);

  await sweep();
  expect(await untilOf(ours)).not.toBeNull();
  clock.advance(5 * MINUTE);
  await Promise.all([sweep(), sweep(), sweep()]);
  await sweep();

  expect([await untilOf(ours), await untilOf(theirs, globex)]).toEqual([null, null]);
  expect(await untilOf(later)).not.toBeNull();
  expect((await typesOf(ours)).filter((type) => type === 'ticket.woken')).toHaveLength(1);
  expect((await typesOf(theirs, globex)).filter((type) => type === 'ticket.woken')).toHaveLength(1);
  const woken = (await acme.events()).find(
    (e) => e.subject.id === ours && e.type === 'ticket.woken',
  );
  expect(woken).toMatchObject({
    actor: { type: 'system' },
    changes: { snoozedUntil: [expect.any(String), null] },
  });
  expect(await typesOf(theirs)).toEqual([]);
});

it('it wakes when it is closed', async () => {
  const id = await snoozed();

  const closed = await acme.owner.put(`/tickets/${id}/closure`);

  expect(closed.body.data.snoozedUntil).toBeNull();
  expect((await typesOf(id)).slice(-2)).toEqual(['ticket.woken', 'ticket.closed']);
});

it('it wakes when the customer writes', async () => {
  const first = { 'Message-ID': '<first@customer.example>' };
  const opened = await acme.owner.post('/inbound/mail', mail(first), AS_MAIL);
  const id = opened.body.data.ticketId;
  await acme.owner.put(`/tickets/${id}/snooze`, { until: inMinutes(5) });

  const reply = { Subject: 'Re: Help', 'In-Reply-To': '<first@customer.example>' };
  await acme.owner.post('/inbound/mail', mail(reply, 'Hello again.'), AS_MAIL);

  expect(await untilOf(id)).toBeNull();
  expect(await typesOf(id)).toContain('ticket.woken');
});

it('the list tells those that are out of sight from the others', async () => {
  const desk = await given.organization();
  const away = await snoozed(desk);
  const here = (await desk.ticket()).id;

  const ids = async (query: string): Promise<string[]> =>
    (await desk.owner.get(`/tickets?${query}`)).body.data.map(({ id }: { id: string }) => id);

  expect(await ids('snoozed=true')).toEqual([away]);
  expect(await ids('snoozed=false')).toEqual([here]);
});
