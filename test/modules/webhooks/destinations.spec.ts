import { HostResolver } from '#core/network/host-resolver.js';
import { AddressRules } from '#core/network/addresses.js';
import { GuardedFetch } from '#core/network/guarded-fetch.js';
import { startApp, useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import type { GivenOrganization } from '../../support/given.js';
import { LOOPBACK_ALLOWED } from '../../support/sso.js';
import { deliver, Receiver } from '../../support/webhooks.js';

const running = await useApp({ settings: LOOPBACK_ALLOWED });
const { given, clock } = running;
const receiver = await Receiver.start();
afterAll(() => receiver.close());
beforeEach(() => clock.stop());

const { port } = new URL(receiver.url);
const resolver = running.get(HostResolver);
const lookUp = resolver.lookup.bind(resolver);
afterEach(() => {
  clock.reset();
  resolver.lookup = lookUp;
});

/** What came of a ping to `url`. */
async function pinged(acme: GivenOrganization, url: string): Promise<any> {
  const made = expectStatus(
    await acme.owner.post('/webhook-endpoints', { url, types: ['ticket.*'] }),
    201,
  );
  const { id } = made.body.data;
  const ping = expectStatus(await acme.owner.post(`/webhook-endpoints/${id}/pings`), 201);
  await deliver(running);
  const { tries } = (await acme.owner.get(`/webhook-deliveries/${ping.body.data.id}`)).body.data;
  expectStatus(await acme.owner.delete(`/webhook-endpoints/${id}`), 200);
  return tries[0];
}

describe('a delivery', () => {
  const refused = [
    ['loopback, IPv6', 'https://[::1]'],
    ['unspecified', 'http://0.0.0.0'],
    ['private, 10/8', 'https://10.0.0.1'],
    ['private, 172.16/12', 'http://172.16.0.1'],
    ['private, 192.168/16', 'https://192.168.1.1'],
    ['shared (CGNAT)', 'https://100.64.0.1'],
    ['link-local', 'http://169.254.169.254'],
    ['link-local, IPv6', 'https://[fe80::1]'],
    ['unique local', 'https://[fd00::1]'],
    ['multicast', 'https://224.0.0.1'],
    ['broadcast', 'https://255.255.255.255'],
    ['IPv4-mapped', 'http://[::ffff:127.0.0.1]'],
    ['IPv4-compatible', 'http://[::127.0.0.1]'],
    ['NAT64', 'https://[64:ff9b::a00:1]'],
    ['6to4', 'https://[2002:a00:1::1]'],
    ['Teredo', 'https://[2001:0:a00:1::1]'],
    ['a public one without TLS', 'http://192.0.43.8'],
    ['a whole number', 'http://167772161'],
    ['hexadecimal', 'http://0xa000001'],
  ];

  it('is not sent to what is no public address, however it is written', async () => {
    const acme = await given.organization();
    for (const [what, url] of refused)
      expect([what, await pinged(acme, `${url!}/hook`)]).toEqual([
        what,
        expect.objectContaining({ status: null, problem: 'address_refused' }),
      ]);
  });

  it('goes to the address that was checked: a name that answers otherwise the next time gains nothing', async () => {
    const acme = await given.organization();
    const asked: string[] = [];
    const answers = ['127.0.0.1', '10.0.0.1'];
    resolver.lookup = (hostname) => {
      asked.push(hostname);
      return Promise.resolve([{ address: answers[asked.length - 1]!, family: 4 }]);
    };
    const reached = await pinged(acme, `http://rebinding.example:${port}/first`);
    expect(reached).toMatchObject({ status: 204, problem: null });
    expect(asked).toEqual(['rebinding.example']);
    expect(receiver.at('/first')).toHaveLength(1);

    const turned = await pinged(acme, `http://rebinding-too.example:${port}/second`);
    expect(turned).toMatchObject({ status: null, problem: 'address_refused' });
    expect(receiver.at('/second')).toEqual([]);
  });

  it('is not sent to a name of which any address is none of the public ones', async () => {
    const acme = await given.organization();
    resolver.lookup = () =>
      Promise.resolve([
        { address: '127.0.0.1', family: 4 },
        { address: '192.168.0.1', family: 4 },
      ]);
    const tried = await pinged(acme, `http://both.example:${port}/both`);
    expect(tried.problem).toBe('address_refused');
    expect(receiver.at('/both')).toEqual([]);
  });

  it('has no exceptions unless the operator makes them', () => {
    expect(running.get(GuardedFetch).rules.excepts('127.0.0.1')).toBe(true);
    expect(new AddressRules([]).admits('127.0.0.1')).toBe(false);
  });
});

describe('without exceptions', () => {
  it('an endpoint is made for https alone', async () => {
    const strict = await startApp();
    const { owner } = await strict.given.organization();
    const answer = await owner.post('/webhook-endpoints', { url: 'http://hooks.acme.example/' });
    expect(expectStatus(answer, 400).body.error.details[0].field).toBe('url');
    await strict.close();
  });
});
