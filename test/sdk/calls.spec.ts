import { beforeAll, describe, expect, it } from '@jest/globals';
import { NotFound, InvalidRequest, Forbidden, Conflict } from '../../sdk/src/manydesk.js';
import { useApp } from '../support/app.js';
import type { GivenOrganization } from '../support/given.js';
import { deskAt } from './sdk.js';

const running = await useApp({ listen: true });

describe('the client', () => {
  let acme: GivenOrganization;
  let key: string;

  beforeAll(async () => {
    acme = await running.given.organization();
    key = (await acme.apiKey(['tickets:read', 'tickets:write', 'events:read', 'organization:read']))
      .token!;
  });

  const rita = { email: 'rita@customer.example', name: 'Rita' };

  it('opens, reads, changes and closes a ticket', async () => {
    const { desk } = deskAt(running.url, key);
    const made = await desk.tickets.create({ subject: 'Smoke', body: 'Fire', requester: rita });
    expect(made).toMatchObject({ subject: 'Smoke', status: 'open', requester: rita });
    await desk.tickets.update(made.id, { priority: 'urgent' });
    await desk.tickets.reply(made.id, 'We bring water.');
    expect(await desk.tickets.get(made.id)).toMatchObject({ priority: 'urgent', messageCount: 2 });
    const said = await desk.tickets.messages(made.id).toArray();
    expect(said.map(({ body }) => body)).toEqual(['Fire', 'We bring water.']);
    await desk.tickets.close(made.id);
    await desk.tickets.close(made.id);
    expect((await desk.tickets.get(made.id)).status).toBe('closed');
    await desk.tickets.reopen(made.id);
    expect((await desk.tickets.get(made.id)).closedAt).toBeNull();
  });

  it('walks through a list of several pages, each ticket once', async () => {
    const { desk, wire } = deskAt(running.url, key);
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      const subject = `Page ${index}`;
      const { id } = await desk.tickets.create({
        subject,
        tags: ['paged'],
        requester: rita,
        body: '.',
      });
      made.push(id);
    }
    wire.sent.length = 0;
    const list = desk.tickets.list({ tag: 'paged', limit: 3, sort: 'createdAt' });
    expect(wire.sent).toEqual([]);
    const seen: string[] = [];
    for await (const { id } of list) seen.push(id);
    expect(seen).toEqual(made);
    expect(wire.sent).toHaveLength(3);
    expect(await list.first()).toMatchObject({ total: 7, limit: 3 });
    expect((await list.toArray(4)).map(({ id }) => id)).toEqual(made.slice(0, 4));
  });

  it('reaches every route by method and path, with the headers of the answer', async () => {
    const { desk } = deskAt(running.url, key);
    const { id } = await acme.ticket({ subject: 'By path' });
    const answer = await desk.answer('GET', '/tickets/{id}', { params: { id } });
    expect(answer).toMatchObject({ status: 200, body: { data: { id, subject: 'By path' } } });
    expect(answer.etag).toMatch(/^"1/);
    const organization = await desk.request('GET', '/organization');
    expect(organization.data.id).toBe(acme.id);
  });

  it('sends a file and names it in a message', async () => {
    const { desk } = deskAt(running.url, key);
    const { id } = await acme.ticket();
    const file = await desk.attachments.upload('log.txt', 'It began at noon.');
    const said = await desk.tickets.reply(id, { body: 'See the log.', attachmentIds: [file.id] });
    expect(said.attachments).toMatchObject([{ id: file.id, name: 'log.txt' }]);
  });

  it('throws a class and a code for each kind of refusal', async () => {
    const { desk } = deskAt(running.url, key);
    const foreign = await (await running.given.organization()).ticket();
    const absent = await desk.tickets.get(foreign.id).catch((error: unknown) => error);
    expect(absent).toBeInstanceOf(NotFound);
    expect(absent).toMatchObject({ status: 404, code: 'ticket.not_found' });
    const wrong = await desk.tickets
      .list({ limit: 101 })
      .first()
      .catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(InvalidRequest);
    expect((wrong as InvalidRequest).fields).toEqual([
      { field: 'limit', problem: expect.stringContaining('100') },
    ]);
    const forbidden = await desk.customers
      .create({ email: 'new@customer.example' })
      .catch((error: unknown) => error);
    expect(forbidden).toBeInstanceOf(Forbidden);
    expect((forbidden as Forbidden).requestId).toEqual(expect.any(String));
  });

  it('lets a change through only where nobody was faster, when it says what it has seen', async () => {
    const { desk } = deskAt(running.url, key);
    const { id } = await acme.ticket();
    const { etag } = await desk.answer('GET', '/tickets/{id}', { params: { id } });
    await desk.tickets.update(id, { subject: 'Theirs' });
    const late = desk.tickets.update(id, { subject: 'Mine' }, { ifMatch: etag! });
    await expect(late).rejects.toBeInstanceOf(Conflict);
    expect((await desk.tickets.get(id)).subject).toBe('Theirs');
  });

  it('refuses a call whose path would be another one', async () => {
    const { desk } = deskAt(running.url, key);
    await expect(desk.tickets.get('')).rejects.toThrow('needs the parameter "id"');
  });
});
