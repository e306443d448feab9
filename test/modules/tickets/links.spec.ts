import { startApp, useApp } from '../../support/app.js';

const { given } = await useApp();
const second = await startApp();
afterAll(() => second.close());
const acme = await given.organization();
const globex = await given.organization('Globex');
const viewer = await acme.user('viewer');

async function tickets(count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => (await acme.ticket({ subject: `No. ${i}` })).id),
  );
}
function link(from: string, kind: string, to: string, by = acme.owner): Promise<any> {
  return by.post(`/tickets/${from}/links`, { kind, ticketId: to });
}
async function linksOf(id: string): Promise<any[]> {
  return (await viewer.get(`/tickets/${id}/links`)).body.data;
}

it.each([
  ['related', 'related'],
  ['duplicate', 'duplicate'],
  ['parent', 'child'],
  ['child', 'parent'],
  ['blocks', 'blocked_by'],
  ['blocked_by', 'blocks'],
])('%s is %s from the other end', async (kind, other) => {
  const [a, b] = await tickets(2);

  const made = await link(a!, kind, b!);

  expect(made.status).toBe(201);
  expect(made.body.data).toMatchObject({ kind, ticket: { id: b, status: 'open' } });
  expect(await linksOf(a!)).toEqual([made.body.data]);
  expect(await linksOf(b!)).toMatchObject([
    { id: made.body.data.id, kind: other, ticket: { id: a } },
  ]);
});

it('a link is made once, from whichever end, and both histories tell of it', async () => {
  const [a, b] = await tickets(2);
  const made = await link(a!, 'related', b!);

  const again = await link(b!, 'related', a!);
  const removed = await acme.owner.delete(`/tickets/${b}/links/${made.body.data.id}`);
  const gone = await acme.owner.delete(`/tickets/${b}/links/${made.body.data.id}`);

  expect(again.body.data.id).toBe(made.body.data.id);
  expect([removed.status, gone.status]).toEqual([200, 404]);
  expect(gone.body.error.code).toBe('ticket_link.not_found');
  expect(await linksOf(a!)).toEqual([]);
  const told = (await acme.events()).filter(({ type }) => type.endsWith('linked'));
  expect(told.map(({ type, subject, data }) => [type, subject.id, data.otherId])).toEqual(
    expect.arrayContaining([
      ['ticket.linked', a, b],
      ['ticket.linked', b, a],
      ['ticket.unlinked', a, b],
      ['ticket.unlinked', b, a],
    ]),
  );
});

it('a link is refused with a foreign ticket, an absent one, itself, and to who only reads', async () => {
  const [a, b] = await tickets(2);
  const theirs = await globex.ticket();

  const foreign = await link(a!, 'related', theirs.id);
  const absent = await link(a!, 'related', '01900000-0000-7000-8000-000000000000');
  const itself = await link(a!, 'related', a!);
  const kind = await link(a!, 'cousin', b!);
  const byViewer = await link(a!, 'related', b!, viewer);

  expect([foreign.status, absent.status]).toEqual([404, 404]);
  expect([itself.status, kind.status, byViewer.status]).toEqual([400, 400, 403]);
  expect((await globex.owner.get(`/tickets/${a}/links`)).status).toBe(404);
  const made = await link(a!, 'related', b!);
  const elsewhere = await tickets(1);
  const wrongEnd = await acme.owner.delete(`/tickets/${elsewhere[0]}/links/${made.body.data.id}`);
  expect(wrongEnd.status).toBe(404);
});

it.each(['parent', 'blocks'])('%s makes no circle, however long', async (kind) => {
  const [a, b, c] = await tickets(3);
  await link(a!, kind, b!);
  await link(b!, kind, c!);

  const closing = await link(c!, kind, a!);
  const direct = await link(b!, kind, a!);

  expect(closing.body.error.code).toBe('ticket_link.cycle');
  expect(direct.body.error.code).toBe('ticket_link.cycle');
});

it('of links that would close a circle at once, through two processes, one is refused', async () => {
  for (let round = 0; round < 3; round += 1) {
    const [a, b, c] = (await tickets(3)) as [string, string, string];

    const answers = await Promise.all([
      link(a, 'blocks', b),
      link(b, 'blocks', c, second.as(acme.owner.token) as typeof acme.owner),
      link(c, 'blocks', a),
    ]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409]);
  }
});
