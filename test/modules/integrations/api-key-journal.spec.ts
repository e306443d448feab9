import { ApiKeyJournal } from '../../../apps/api/src/modules/integrations/api-key-journal.service.js';
import { ApiKeyPrincipals } from '../../../apps/api/src/modules/integrations/api-key-principals.service.js';
import { startApp, useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';
import { newTicket } from '../../support/given.js';
import { BEHIND_A_PROXY, from, keyMadeBy } from './keys.js';

const running = await useApp({ settings: BEHIND_A_PROXY });
const { given } = running;
const acme = await given.organization();
const written = (): Promise<void> => running.get(ApiKeyJournal).write();

const callsOf = async (keyId: string, query = ''): Promise<any> => {
  await written();
  return (await acme.owner.get(`/api-keys/${keyId}/calls${query}`)).body;
};

const newAddressesOf = async (keyId: string): Promise<any[]> =>
  (await acme.wholeLog())
    .filter(({ type, subject }) => type === 'api_key.used_from_new_address' && subject.id === keyId)
    .map(({ data }) => data.address);

describe('the calls of a key', () => {
  it('are written down with what was sent, and without a value of it', async () => {
    const key = await acme.apiKey(['tickets:write', 'tickets:read']);
    const headers = {
      'x-request-id': 'shop-request-1',
      'user-agent': 'Shop/1',
      ...from('203.0.113.9').headers,
    };

    await key.post('/tickets?status=open&email=rita%40customer.example', newTicket(), { headers });
    await key.get('/tickets', { headers });

    const { data, total, totalIsExact } = await callsOf(key.key.id);
    expect([total, totalIsExact]).toEqual([2, true]);
    expect(data[1]).toEqual({
      id: expect.any(String),
      at: expect.any(String),
      method: 'POST',
      path: '/api/v1/tickets?status=open&email=…',
      status: 201,
      errorCode: null,
      duration: expect.any(Number),
      address: '203.0.113.9',
      userAgent: 'Shop/1',
      requestId: 'shop-request-1',
      body: {
        type: 'object',
        fields: {
          subject: { type: 'string', length: 22 },
          body: { type: 'string', length: 23 },
          requester: {
            type: 'object',
            fields: { email: { type: 'string', length: 21 }, name: { type: 'string', length: 14 } },
          },
        },
      },
    });
    expect(data[0]).toMatchObject({ method: 'GET', status: 200, body: null });
    expect(JSON.stringify(data)).not.toMatch(/rita|printer|md_live/i);
  });

  it('that were refused are among them, with the code', async () => {
    const key = await keyMadeBy(running, acme.owner, {
      scopes: ['tickets:write', 'tickets:read'],
      allowedNetworks: ['10.0.0.0/8'],
    });

    await key.get('/tickets', from('198.51.100.4'));
    await key.get('/users', from('10.0.0.1'));
    await key.post('/tickets', { subject: '' }, from('10.0.0.1'));
    await key.get(`/tickets/${acme.id}`, from('10.0.0.1'));

    const { data } = await callsOf(key.key.id);
    expect(data.map(({ status, errorCode }: any) => [status, errorCode])).toEqual([
      [404, 'ticket.not_found'],
      [400, 'validation.failed'],
      [403, 'auth.forbidden'],
      [403, 'api_key.address_not_allowed'],
    ]);
  });

  it('are the last hundred, over however many writings, and are paged', async () => {
    const key = await acme.apiKey(['tickets:read']);
    const other = await acme.apiKey(['tickets:read']);
    await other.get('/tickets');
    for (const calls of [70, 60, 130]) {
      for (let call = 0; call < calls; call += 1) await key.get(`/tickets?limit=1&skip=${call}`);
      await written();
    }

    const first = await callsOf(key.key.id, '?limit=60');
    const second = await callsOf(key.key.id, `?limit=60&cursor=${first.nextCursor}`);

    expect([first.total, first.data.length, second.data.length, second.nextCursor]).toEqual([
      100,
      60,
      40,
      null,
    ]);
    const skips = [...first.data, ...second.data].map(({ path }: any) =>
      Number(/\d+$/.exec(path)![0]),
    );
    expect(skips).toEqual(Array.from({ length: 100 }, (_, n) => 129 - n));
    expect((await callsOf(other.key.id)).total).toBe(1);
  });

  it('need the permission to be seen, and are each organization’s own', async () => {
    const key = await acme.apiKey(['tickets:read']);
    const globex = await given.organization('Globex');
    await key.get('/tickets');
    await written();

    expect((await key.get(`/api-keys/${key.key.id}/calls`)).status).toBe(403);
    const foreign = await globex.owner.get(`/api-keys/${key.key.id}/calls`);
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'api_key.not_found']);
  });

  it('are written at the end of a process', async () => {
    const ending = await startApp();
    const key = await acme.apiKey(['tickets:read']);
    await ending.as(key.token).get('/tickets');

    await ending.close();

    const { data } = await acme.owner.get(`/api-keys/${key.key.id}/calls`).then(({ body }) => body);
    expect(data).toHaveLength(1);
  });

  it('that cannot be written cost no request anything', async () => {
    const key = await acme.apiKey(['tickets:read']);
    await asOwner(running.database, async (client) => {
      await client.query('begin');
      await client.query('lock table api_key_calls in access exclusive mode');
      const before = Date.now();
      const writing = written();
      for (let call = 0; call < 20; call += 1) expect((await key.get('/tickets')).status).toBe(200);
      expect(Date.now() - before).toBeLessThan(5_000);
      await client.query('rollback');
      await writing;
    });

    expect((await callsOf(key.key.id)).total).toBe(20);
  });
});

describe('a key that is used from a new address', () => {
  it('is told of once for each, an IPv6 network being one', async () => {
    const key = await acme.apiKey(['tickets:read']);
    for (const address of [
      '203.0.113.9',
      '203.0.113.9',
      '::ffff:203.0.113.9',
      '203.0.113.10',
      '2001:db8:1:2::1',
      '2001:db8:1:2:ffff::9',
      '2001:db8:1:3::1',
    ])
      await key.get('/tickets', from(address));
    await written();
    await key.get('/tickets', from('203.0.113.9'));
    await written();

    const addresses = await newAddressesOf(key.key.id);
    expect(addresses.toSorted()).toEqual([
      '2001:db8:1:2::1',
      '2001:db8:1:3::1',
      '203.0.113.10',
      '203.0.113.9',
    ]);
    const used = (await acme.wholeLog()).at(-1);
    expect(used).toMatchObject({
      type: 'api_key.used_from_new_address',
      actor: { type: 'api_key', id: key.key.id },
      data: { name: 'Web shop', userAgent: 'lightMyRequest' },
    });
  });

  it('is told of once by two processes that see it at once', async () => {
    const second = await startApp({ settings: BEHIND_A_PROXY });
    const key = await acme.apiKey(['tickets:read']);
    const addresses = Array.from({ length: 20 }, (_, n) => `198.51.100.${n}`);
    for (const address of addresses) await key.get('/tickets', from(address));
    for (const address of addresses.toReversed())
      await second.as(key.token).get('/tickets', from(address));

    await Promise.all([written(), second.get(ApiKeyJournal).write()]);

    expect((await newAddressesOf(key.key.id)).toSorted()).toEqual(addresses.toSorted());
    await second.close();
  });

  it('is told of apart, and once, when it was not let in', async () => {
    const key = await keyMadeBy(running, acme.owner, {
      scopes: ['tickets:read'],
      allowedNetworks: ['10.0.0.0/8'],
    });

    for (let call = 0; call < 3; call += 1) {
      await key.get('/tickets', from('198.51.100.77'));
      await written();
    }

    expect(await newAddressesOf(key.key.id)).toEqual([]);
    const refusals = (await acme.events()).filter(
      ({ type, subject }) => type === 'api_key.refused' && subject.id === key.key.id,
    );
    expect(refusals.map(({ subject, data }) => [subject.id, data.address])).toEqual([
      [key.key.id, '198.51.100.77'],
    ]);
    const [shown] = (await acme.owner.get('/api-keys')).body.data;
    expect([shown.id, shown.lastUsedAt]).toEqual([key.key.id, null]);
  });

  it('is remembered for two hundred addresses', async () => {
    const key = await acme.apiKey(['tickets:read']);
    for (let n = 0; n < 210; n += 1) {
      await key.get('/tickets', from(`10.0.${n}.1`));
      if (n === 150) await written();
    }
    await written();

    const { rows } = await asOwner(running.database, async (client) => {
      await client.query("select set_config('app.organization_id', $1, false)", [acme.id]);
      return client.query('select address from api_key_addresses where key_id = $1', [key.key.id]);
    });
    expect(rows).toHaveLength(200);
    expect(rows.map(({ address }) => address)).toContain('10.0.209.1');
    expect(await newAddressesOf(key.key.id)).toHaveLength(210);
  });
});

it('what a key came with is known of its principal alone', async () => {
  const key = await acme.apiKey(['tickets:read']);
  const principals = running.get(ApiKeyPrincipals);
  const principal = await principals.resolve(key.token!);

  expect(principals.presentedBy(principal!.actor)!.issuedToId).toBe(acme.owner.user.id);
  expect(principals.presentedBy({ ...principal!.actor })).toBeNull();
});
