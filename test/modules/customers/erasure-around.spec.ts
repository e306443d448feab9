import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { settled } from '../../support/jobs.js';
import { AS_MAIL, mail } from '../../support/mail.js';
import { LOOPBACK_ALLOWED } from '../../support/sso.js';
import { deliver, givenEndpoint, Receiver } from '../../support/webhooks.js';
import { ADDRESS, customerOf, placesOf, SECRET } from './to-erase.js';

const running = await useApp({
  ...{ worker: true, database: await databaseOfItsOwn('erasing') },
  settings: LOOPBACK_ALLOWED,
});
const { given, database } = running;
const receiver = await Receiver.start();
afterAll(() => receiver.close());

const mailOf = (subject: string): string =>
  mail({ From: `Rita <${ADDRESS}>`, Subject: `${subject} of ${SECRET}` }, `Words of ${SECRET}`);

describe('what an erasure is beside', () => {
  it('is an undoing of a merge, which then brings nothing back', async () => {
    const acme = await given.organization();
    const { owner } = acme;
    const customer = await customerOf(running, acme);
    const [theirs] = (await owner.get(`/tickets?requesterId=${customer.id}`)).body.data;
    const other = await acme.ticket({ subject: 'Of another' });
    const merge = await owner.post(`/tickets/${other.id}/merges`, { ticketIds: [theirs.id] });
    const { id } = expectStatus(merge, 201).body.data;
    expect((await owner.get(`/operations/${id}`)).body.data.canUndo).toBe(true);
    expect((await owner.get(`/tickets/${other.id}`)).body.data.cc).toContain(ADDRESS);
    await settled(running);
    await owner.post(`/customers/${customer.id}/erasure`);
    await settled(running);

    expect((await owner.get(`/operations/${id}`)).body.data.canUndo).toBe(false);
    const undone = await owner.put(`/operations/${id}/undoing`);
    expect([undone.status, undone.body.error.code]).toEqual([409, 'operation.undo_over']);
    expect(await placesOf(running, acme.id)).toEqual([]);
    expect((await owner.get(`/tickets/${other.id}/messages`)).status).toBe(200);
  });

  it('is what receivers of webhooks answered about them', async () => {
    const acme = await given.organization();
    receiver.answer = ({ body }, response) => void response.writeHead(200).end(body);
    await givenEndpoint(acme, receiver, { types: ['ticket.created'] });
    const customer = await customerOf(running, acme);
    await deliver(running);
    expect(await placesOf(running, acme.id)).toContain('webhook_attempts');
    await acme.owner.post(`/customers/${customer.id}/erasure`);
    await settled(running);
    await deliver(running);
    expect(await placesOf(running, acme.id)).toEqual([]);
  });

  it('is mail of theirs that comes at the same moment: erased, or of somebody new', async () => {
    const acme = await given.organization();
    const { id } = await customerOf(running, acme);
    const arrivals = Array.from({ length: 6 }, (_, at) =>
      acme.owner.send('POST', '/inbound/mail', mailOf(`Mail ${at}`), AS_MAIL),
    );
    const erasures = [1, 2].map(() => acme.owner.post(`/customers/${id}/erasure`));
    const answers = await Promise.all([...arrivals, ...erasures]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    await settled(running);

    const tickets = (await acme.owner.get('/tickets?limit=100')).body.data;
    for (const { requester, subject } of tickets)
      expect([requester.id === id, subject.includes(SECRET)]).not.toEqual([true, true]);
    const again = (await acme.owner.get(`/customers?email=${ADDRESS}`)).body.data;
    for (const each of again) {
      expect(each.id).not.toBe(id);
      await acme.owner.post(`/customers/${each.id}/erasure`);
    }
    await settled(running);
    expect(await placesOf(running, acme.id)).toEqual([]);
    const types = (await acme.events()).map(({ type }) => type);
    expect(types.filter((type) => type === 'customer.erased')).toHaveLength(1 + again.length);
    expect((await acme.owner.get('/audit/verification')).body.data.valid).toBe(true);
  });

  it('is work that was begun before it: no reply goes out to them, and none fails for ever', async () => {
    const acme = await given.organization();
    const requester = { email: ADDRESS, name: `Rita ${SECRET}` };
    const ticket = await acme.ticket({ subject: `About ${SECRET}`, requester });
    const said = acme.owner.post(`/tickets/${ticket.id}/messages`, { kind: 'reply', body: SECRET });
    const erased = acme.owner.post(`/customers/${ticket.requester.id}/erasure`);
    await Promise.all([said, erased]);
    await acme.owner.post(`/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'Anybody?' });
    await settled(running);

    const rows = await asOwner(database, async (client) => {
      const query = 'select to_address, status from outbound_mails where organization_id = $1';
      return (await client.query(query, [acme.id])).rows;
    });
    for (const { to_address: to, status } of rows)
      expect([to.endsWith('@erased.invalid'), status !== 'queued']).toEqual([true, true]);
    const { body } = await acme.owner.get(`/tickets/${ticket.id}/messages`);
    expect(body.data.at(-1).delivery.status).toBe('failed');
  });

  it('is files that were made before: they are not handed out any more', async () => {
    const acme = await given.organization();
    const { owner } = acme;
    const { id } = await customerOf(running, acme);
    const asked = await owner.post('/exports', { format: 'jsonl', include: { messages: true } });
    const archive = await owner.post('/organization/archives');
    await settled(running);
    await owner.post(`/customers/${id}/erasure`);

    const paths = [
      `/exports/${expectStatus(asked, 201).body.data.id}`,
      `/organization/archives/${expectStatus(archive, 201).body.data.id}`,
    ];
    for (const path of paths) {
      expect((await owner.get(path)).body.data.status).toBe('expired');
      expect((await owner.post(`${path}/links`)).status).toBe(409);
    }
  });

  it('is whoever has an address that has theirs in it: nothing of them is erased', async () => {
    const acme = await given.organization();
    const { id } = (await acme.ticket({ requester: { email: 'ann@corp.example' }, subject: 'One' }))
      .requester;
    for (const email of ['joann@corp.example', 'ann@corp.example.org'])
      await acme.ticket({ requester: { email }, subject: 'Two', cc: [`x${email}`] });
    const log = async (): Promise<any[]> =>
      (await acme.events()).filter(({ data }) => data?.subject === 'Two');
    expect(await log()).toHaveLength(2);
    await acme.owner.post(`/customers/${id}/erasure`);
    expect(await log()).toHaveLength(2);
  });
});
