import { useApp } from '../../support/app.js';
import { personWith } from '../../support/desk.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const agent = await acme.user('agent', 'Ada Agent');

it('tells everything that happened to a ticket, the newest first, and who did it', async () => {
  const { id } = await acme.ticket();
  await acme.ticket();
  await agent.patch(`/tickets/${id}`, { priority: 'high' });
  await agent.put(`/tickets/${id}/take`);
  const reply = await acme.message(id, 'reply');
  const note = await acme.message(id, 'note');
  await agent.put(`/tickets/${id}/closure`);

  const { status, body } = await agent.get(`/tickets/${id}/timeline`);

  expect(status).toBe(200);
  expect(body.total).toBe(6);
  expect(body.data.map((e: any) => [e.type, e.actor.name])).toEqual([
    ['ticket.closed', 'Ada Agent'],
    ['ticket.noted', 'Olga Owner'],
    ['ticket.replied', 'Olga Owner'],
    ['ticket.assigned', 'Ada Agent'],
    ['ticket.updated', 'Ada Agent'],
    ['ticket.created', 'Olga Owner'],
  ]);
  expect(body.data[4].changes).toEqual({ priority: ['normal', 'high'] });
  expect(body.data[2].data.messageId).toBe(reply.id);
  expect(JSON.stringify(body)).not.toContain(reply.body);
  expect(body.data[1].data.messageId).toBe(note.id);
});

it('is read page by page without a gap', async () => {
  const { id } = await acme.ticket();
  for (let i = 0; i < 5; i += 1) await agent.patch(`/tickets/${id}`, { subject: `No. ${i}` });

  const seqs: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { body } = await agent.get(`/tickets/${id}/timeline?limit=2${at}`);
    seqs.push(...body.data.map(({ seq }: { seq: number }) => seq));
    cursor = body.nextCursor;
  }

  expect(seqs).toHaveLength(6);
  expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
  const past = await agent.get(`/tickets/${id}/timeline?skip=50`);
  expect(past.body.data).toEqual([]);
  const wrong = await agent.get(`/tickets/${id}/timeline?cursor=eHx5`);
  expect(wrong.status).toBe(400);
});

it('says nothing of notes to who may not read them', async () => {
  const reader = await personWith(acme, ['tickets:read']);
  const { id } = await acme.ticket();
  const { id: noteId } = await acme.message(id, 'note');

  const { body } = await reader.get(`/tickets/${id}/timeline`);

  expect(body.data.map(({ type }: { type: string }) => type)).toEqual(['ticket.created']);
  expect(body.total).toBe(1);
  expect(JSON.stringify(body)).not.toContain(noteId);
});

it('of a ticket of another organization is not there', async () => {
  const { id } = await acme.ticket();

  const foreign = await globex.owner.get(`/tickets/${id}/timeline`);
  const absent = await globex.owner.get('/tickets/01900000-0000-7000-8000-000000000000/timeline');

  expect(foreign.status).toBe(404);
  expect(foreign.body.error.code).toBe(absent.body.error.code);
});
