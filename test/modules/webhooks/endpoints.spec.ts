import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { LOOPBACK_ALLOWED } from '../../support/sso.js';
import { deliver, givenEndpoint, Receiver } from '../../support/webhooks.js';

const running = await useApp({ settings: LOOPBACK_ALLOWED });
const { given } = running;
const receiver = await Receiver.start();
afterAll(() => receiver.close());

const URL = 'https://hooks.acme.example/desk?token=s3cret';

describe('webhook endpoints', () => {
  it('are made, listed, read, changed by version and deleted, and the log tells of it', async () => {
    const { owner } = await given.organization();
    const body = { url: URL, types: ['ticket.*', 'mail.sent'], ratePerSecond: 3 };
    const made = expectStatus(await owner.post('/webhook-endpoints', body), 201);
    const { id, secret, ...endpoint } = made.body.data;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(endpoint).toMatchObject({
      ...body,
      ...{ description: '', payload: 'full', ordering: 'none', maxConcurrency: 5, isEnabled: true },
      ...{ waiting: 0, version: 1, disabledAt: null },
    });

    const path = `/webhook-endpoints/${id}`;
    const read = expectStatus(await owner.get(path), 200);
    expect(read.text).not.toContain(secret);
    expect((await owner.get('/webhook-endpoints')).body).toMatchObject({
      total: 1,
      data: [{ id }],
    });

    const headers = { 'if-match': read.headers.etag! };
    const changed = await owner.patch(path, { ordering: 'subject', url: `${URL}2` }, { headers });
    expect(changed.body.data).toMatchObject({ ordering: 'subject', version: 2 });
    const late = await owner.patch(path, { ordering: 'none' }, { headers });
    expect(expectStatus(late, 412).body.error.code).toBe('edit.conflict');
    expectStatus(await owner.patch(path, { isEnabled: false }), 200);
    expect((await owner.patch(path, { isEnabled: true })).body.data).toMatchObject({
      ...{ isEnabled: true, disabledBecause: null, version: 4 },
    });
    expectStatus(await owner.delete(path), 200);
    expect(expectStatus(await owner.get(path), 404).body.error.code).toBe('webhook.not_found');

    const { body: log } = await owner.get('/events?limit=1000');
    const told = log.data.filter((event: any) => event.type.startsWith('webhook_endpoint.'));
    expect(told.map((event: any) => event.type.slice(17))).toEqual([
      ...['created', 'changed', 'disabled', 'enabled', 'removed'],
    ]);
    expect(JSON.stringify(told)).not.toContain('s3cret');
  });

  it.each([
    ['http of the world stays possible only where the operator lets us in', 'ftp://a.example'],
    ['a password', 'https://me:secret@a.example/'],
    ['a name', 'https://me@a.example/'],
    ['a fragment', 'https://a.example/#part'],
    ['no address', 'acme'],
    ['too long', `https://a.example/${'x'.repeat(2_000)}`],
    ['a script', 'javascript:alert(1)'],
  ])('are not made for %s', async (_, url) => {
    const { owner } = await given.organization();
    const answer = expectStatus(await owner.post('/webhook-endpoints', { url }), 400);
    expect(answer.body.error).toMatchObject({
      code: 'validation.failed',
      details: [{ field: 'url' }],
    });
  });

  it.each([
    [{ types: ['ticket'] }, 'types'],
    [{ types: ['*'] }, 'types'],
    [{ types: ['ticket.craeted'] }, 'types'],
    [{ types: ['ticket.created', 'tickets.*'] }, 'types'],
    [{ types: ['ticket.*', 'ticket.*'] }, 'types'],
    [{ maxConcurrency: 0 }, 'maxConcurrency'],
    [{ maxConcurrency: 21 }, 'maxConcurrency'],
    [{ ratePerSecond: 101 }, 'ratePerSecond'],
    [{ payload: 'some' }, 'payload'],
    [{ ordering: null }, 'ordering'],
    [{ reads: ['audit:read'] }, 'reads'],
  ])('are not made with %j', async (fields, field) => {
    const { owner } = await given.organization();
    const answer = expectStatus(
      await owner.post('/webhook-endpoints', { url: URL, ...fields }),
      400,
    );
    expect(answer.body.error.details[0].field).toBe(field);
  });

  it('are for those who hold the rights, and writing one takes reading events', async () => {
    const acme = await given.organization();
    const { id } = await givenEndpoint(acme, receiver);
    const reader = await acme.apiKey(['webhooks:read']);
    expectStatus(await reader.get(`/webhook-endpoints/${id}`), 200);
    expectStatus(await reader.post('/webhook-endpoints', { url: URL }), 403);
    expectStatus(await reader.post(`/webhook-endpoints/${id}/pings`), 403);
    expectStatus(await (await acme.user('agent')).get('/webhook-endpoints'), 403);
    const writer = await acme.apiKey(['webhooks:read', 'webhooks:write']);
    const refused = expectStatus(await writer.post('/webhook-endpoints', { url: URL }), 403);
    expect(refused.body.error.details).toEqual({ permission: 'events:read' });
    expectStatus(await writer.patch(`/webhook-endpoints/${id}`, { url: URL }), 403);
  });

  it('are told apart from those of another organization as if these were not there', async () => {
    const [acme, other] = [await given.organization(), await given.organization('Other')];
    const { id } = await givenEndpoint(other, receiver);
    expectStatus(await other.owner.post(`/webhook-endpoints/${id}/pings`), 201);
    await deliver(running);
    const { body } = await other.owner.get(`/webhook-endpoints/${id}/deliveries`);
    for (const path of [`/webhook-endpoints/${id}`, `/webhook-deliveries/${body.data[0].id}`])
      expectStatus(await acme.owner.get(path), 404);
    expectStatus(await acme.owner.patch(`/webhook-endpoints/${id}`, { url: URL }), 404);
    expectStatus(await acme.owner.post(`/webhook-endpoints/${id}/secrets`), 404);
    expectStatus(await acme.owner.post(`/webhook-endpoints/${id}/replays`, { sinceSeq: 0 }), 404);
    expectStatus(await acme.owner.post(`/webhook-deliveries/${body.data[0].id}/replays`), 404);
  });

  it('are fifty at most, however many are asked for at once', async () => {
    const { owner } = await given.organization();
    const ask = () => owner.post('/webhook-endpoints', { url: URL, isEnabled: false });
    for (let count = 0; count < 48; count += 1) await ask();
    const answers = await Promise.all([1, 2, 3, 4].map(ask));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 201, 409, 409,
    ]);
    expect(answers.find(({ status }) => status === 409)!.body.error.code).toBe('webhook.too_many');
  });
});

describe('what an endpoint is sent', () => {
  it('is no more than its maker may read: no notes, and nobody’s address', async () => {
    const acme = await given.organization();
    const rights = ['webhooks:read', 'webhooks:write', 'events:read'] as const;
    const key = await acme.apiKey([...rights]);
    const url = `${receiver.url}/${acme.id}`;
    expectStatus(await key.post('/webhook-endpoints', { url }), 201);
    const ticket = await acme.ticket();
    await acme.message(ticket.id, 'note');
    await acme.apiKey(['tickets:read']);

    await deliver(running);

    const sent = receiver.at(`/${acme.id}`).map(({ event }) => event);
    const { data: seen } = (await key.get('/events?limit=1000')).body;
    expect(sent.map(({ type }) => type)).toContain('api_key.created');
    expect(sent.map(({ type }) => type)).not.toContain('ticket.noted');
    expect(sent.filter(({ data }) => 'address' in data)).toEqual([]);
    for (const event of sent)
      expect(event).toEqual(seen.find(({ id }: { id: string }) => id === event.id));
  });
});
