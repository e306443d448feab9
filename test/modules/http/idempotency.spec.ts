import { KeptAnswersExpiry } from '#core/idempotency/kept-answers-expiry.service.js';
import { startApp, useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';
import { newTicket, type GivenOrganization } from '../../support/given.js';

const running = await useApp();
const { given } = running;
let keys = 0;
const newKey = () => ({ headers: { 'idempotency-key': `key-${(keys += 1)}` } });

const sql = (text: string): Promise<object[]> =>
  asOwner(running.database, async (client) => (await client.query(text)).rows);

async function eventTypes({ owner }: GivenOrganization): Promise<string[]> {
  const { body } = await owner.get('/events?limit=1000');
  return body.data.map(({ type }: { type: string }) => type);
}

const ticketsOf = async ({ owner }: GivenOrganization) =>
  (await owner.get('/tickets')).body.data as { id: string }[];

describe('a write with an Idempotency-Key', () => {
  it('has one effect and one answer, however often it is sent', async () => {
    const acme = await given.organization();
    const keyed = newKey();

    const first = await acme.owner.post('/tickets', newTicket(), keyed);
    const again = await acme.owner.post('/tickets', newTicket(), keyed);

    expect(first.status).toBe(201);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(again.status).toBe(201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(await ticketsOf(acme)).toHaveLength(1);
    expect((await eventTypes(acme)).filter((type) => type === 'ticket.created')).toHaveLength(1);
  });

  it('does once what fifty send at the same moment, to two processes, and answers all alike', async () => {
    const acme = await given.organization();
    const other = await startApp();
    try {
      const keyed = newKey();
      const elsewhere = other.as(acme.owner.token);

      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          (index % 2 === 0 ? acme.owner : elsewhere).post('/tickets', newTicket(), keyed),
        ),
      );

      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(await ticketsOf(acme)).toHaveLength(1);
      expect((await eventTypes(acme)).filter((type) => type === 'ticket.created')).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  it('takes the members of a body in any order, and refuses the key for another request', async () => {
    const acme = await given.organization();
    const keyed = newKey();
    const { subject, ...rest } = newTicket();
    const first = await acme.owner.post('/tickets', { subject, ...rest }, keyed);

    const turned = await acme.owner.post('/tickets', { ...rest, subject }, keyed);
    const other = await acme.owner.post('/tickets', { ...rest, subject: 'Another' }, keyed);
    const elsewhere = await acme.owner.post(
      `/tickets/${first.body.data.id}/messages`,
      { kind: 'note', body: 'Hm.' },
      keyed,
    );

    expect(turned.body).toEqual(first.body);
    expect(other.status).toBe(422);
    expect(other.body.error.code).toBe('idempotency.key_reused');
    expect(elsewhere.status).toBe(422);
    expect(await ticketsOf(acme)).toHaveLength(1);
  });

  it('keeps no failure: what left nothing may be tried again', async () => {
    const acme = await given.organization();
    const ticket = await acme.ticket();
    const keyed = newKey();
    const body = { kind: 'reply', body: 'Dear Rita' };
    await acme.owner.put(`/tickets/${ticket.id}/closure`);
    const path = `/tickets/${ticket.id}/splits`;

    const refused = await acme.owner.post(path, { messageIds: [] }, keyed);
    const invalid = await acme.owner.post('/tickets', { subject: '' }, keyed);
    const done = await acme.owner.post(`/tickets/${ticket.id}/messages`, body, keyed);

    expect([refused.status, invalid.status]).toEqual([400, 400]);
    expect(done.status).toBe(201);
  });

  it('is the caller’s own: neither a colleague nor another organization gets the answer', async () => {
    const acme = await given.organization();
    const globex = await given.organization('Globex');
    const colleague = await acme.user('agent');
    const keyed = newKey();

    const answers = [
      await acme.owner.post('/tickets', newTicket(), keyed),
      await colleague.post('/tickets', newTicket(), keyed),
      await globex.owner.post('/tickets', newTicket(), keyed),
    ];

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.data.id)).size).toBe(3);
  });

  it('answers a change with its entity tag again, where the change itself would be refused', async () => {
    const acme = await given.organization();
    const { owner } = acme;
    const team = await owner.post('/teams', { name: 'First line' });
    const { etag } = (await owner.get(`/teams/${team.body.data.id}`)).headers;
    const path = `/teams/${team.body.data.id}`;
    const headers = { 'if-match': etag!, ...newKey().headers };

    const first = await owner.patch(path, { name: 'Second line' }, { headers });
    const again = await owner.patch(path, { name: 'Second line' }, { headers });

    expect(first.status).toBe(200);
    expect(again.status).toBe(200);
    expect(again.headers.etag).toBe(first.headers.etag);
    expect(again.body).toEqual(first.body);
  });

  it('rolls everything back when it fails in the middle, the events of what succeeded included', async () => {
    const acme = await given.organization();
    const ticket = await acme.ticket();
    const before = await eventTypes(acme);
    await sql(
      `alter table idempotency_keys add constraint no_luck check (key <> 'unlucky-${acme.id}') not valid`,
    );
    try {
      const headers = { 'idempotency-key': `unlucky-${acme.id}` };
      const failed = await acme.owner.patch(
        `/tickets/${ticket.id}`,
        { priority: 'high' },
        { headers },
      );

      expect(failed.status).toBe(500);
      expect((await acme.owner.get(`/tickets/${ticket.id}`)).body.data.priority).toBe('normal');
      expect(await eventTypes(acme)).toEqual(before);
    } finally {
      await sql('alter table idempotency_keys drop constraint no_luck');
    }
  });

  it('shows a secret again to whoever was shown it, and keeps none that can be read', async () => {
    const acme = await given.organization();
    const keyed = newKey();
    const body = { name: 'CRM', scopes: ['tickets:read'] };

    const first = await acme.owner.post('/api-keys', body, keyed);
    const again = await acme.owner.post('/api-keys', body, keyed);

    expect(first.status).toBe(201);
    expect(again.body).toEqual(first.body);
    const rows = await sql(
      `select encode(answer, 'escape') as answer from idempotency_keys where organization_id = '${acme.id}'`,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(first.body.data.secret);
  });

  it('forgets after a day', async () => {
    const acme = await given.organization();
    const keyed = newKey();
    await acme.owner.post('/tickets', newTicket(), keyed);

    running.clock.advance(24 * 60 * 60 * 1000 + 1000);
    while (await running.get(KeptAnswersExpiry).sweep());
    const owner = running.as((await acme.user('admin')).token);
    const rows = await sql(`select key from idempotency_keys where organization_id = '${acme.id}'`);

    expect(rows).toEqual([]);
    expect((await owner.post('/tickets', newTicket(), keyed)).status).toBe(201);
  });

  it.each([['with a space'], ['x'.repeat(256)], ['']])('refuses %j as a key', async (key) => {
    const acme = await given.organization();
    const headers = { 'idempotency-key': key };

    const answer = await acme.owner.post('/tickets', newTicket(), { headers });

    expect(answer.status).toBe(400);
    expect(answer.body.error.details[0].field).toBe('Idempotency-Key');
  });
});
