import { useApp } from '../../support/app.js';

/** Nobody works here, so what is asked for waits. */
const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');

it('fifty bulk operations of an organization wait at once, and no more', async () => {
  const { id } = await acme.ticket();
  const wanted = { ticketIds: [id], change: { priority: 'high' } };
  for (let at = 0; at < 50; at += 1)
    expect((await acme.owner.post('/bulk-operations', wanted)).status).toBe(201);

  const { status, body } = await acme.owner.post('/bulk-operations', wanted);

  expect([status, body.error.code]).toEqual([409, 'operation.too_many']);
  const theirs = { ...wanted, ticketIds: [(await globex.ticket()).id] };
  expect((await globex.owner.post('/bulk-operations', theirs)).status).toBe(201);
});
