import { SystemDb } from '#core/database/system-db.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';
import { eventually, TOLD_SOON } from '../../support/jobs.js';
import { BEHIND_A_PROXY, from, keyMadeBy } from './keys.js';

const running = await useApp({ settings: BEHIND_A_PROXY });
const { given, clock } = running;
const acme = await given.organization();
afterEach(() => clock.reset());

const A_DAY = 24 * 3_600_000;
const inDays = (days: number): string =>
  new Date(clock.now().getTime() + days * A_DAY).toISOString();

describe('the networks of a key', () => {
  it('are kept in one form, and anything else is refused by its place', async () => {
    const key = await keyMadeBy(running, acme.owner, {
      scopes: ['tickets:read'],
      allowedNetworks: ['203.0.113.9/24', ' 2001:DB8::5 ', '203.0.113.1/24'],
    });
    const wrong = await acme.owner.post('/api-keys', {
      name: 'Wrong',
      scopes: ['tickets:read'],
      allowedNetworks: ['10.0.0.0/8', '10.0.0.0/99', 'home'],
    });

    expect(key.key.allowedNetworks).toEqual(['203.0.113.0/24', '2001:db8::5/128']);
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.details.map(({ field }: { field: string }) => field)).toEqual([
      'allowedNetworks.1',
      'allowedNetworks.2',
    ]);
  });

  it('let nobody else in, and the answer says from where it was tried', async () => {
    const key = await keyMadeBy(running, acme.owner, {
      scopes: ['tickets:read'],
      allowedNetworks: ['203.0.113.0/24', '2001:db8::/32'],
    });

    for (const address of ['203.0.113.9', '::ffff:203.0.113.9', '2001:db8:5::1'])
      expect((await key.get('/tickets', from(address))).status).toBe(200);
    for (const address of ['198.51.100.4', '2001:db9::1', '::ffff:198.51.100.4']) {
      const refused = await key.get('/tickets', from(address));
      expect(refused.status).toBe(403);
      expect(refused.body.error).toMatchObject({
        code: 'api_key.address_not_allowed',
        details: { address },
      });
      expect(refused.body.error.message).toContain(address);
    }
    expect((await key.get('/tickets', from('203.0.113.9'))).status).toBe(200);
  });

  it('are asked before what the key may do, and a narrower list holds at once', async () => {
    const key = await keyMadeBy(running, acme.owner, { scopes: ['tickets:read'] });
    expect((await key.get('/tickets', from('198.51.100.4'))).status).toBe(200);

    await acme.owner.patch(`/api-keys/${key.key.id}`, { allowedNetworks: ['10.0.0.0/8'] });

    const refused = await key.get('/users', from('198.51.100.4'));
    expect(refused.body.error.code).toBe('api_key.address_not_allowed');
    expect((await key.get('/tickets', from('10.1.1.1'))).status).toBe(200);
  });
});

describe('a test key', () => {
  it('says so, and ends within thirty days', async () => {
    const made = await keyMadeBy(running, acme.owner, {
      scopes: ['tickets:read'],
      environment: 'test',
    });
    const long = {
      name: 'Long',
      scopes: ['tickets:read'],
      environment: 'test',
      expiresAt: inDays(31),
    };

    expect(made.token).toMatch(/^md_test_[0-9A-Za-z]{42}$/);
    expect(made.key.environment).toBe('test');
    const days = (Date.parse(made.key.expiresAt!) - clock.now().getTime()) / A_DAY;
    expect(Math.round(days)).toBe(30);
    expect((await made.get('/tickets')).status).toBe(200);
    expect((await acme.owner.post('/api-keys', long)).body.error.details[0].field).toBe(
      'expiresAt',
    );
    const forever = await acme.owner.patch(`/api-keys/${made.key.id}`, { expiresAt: null });
    expect(forever.body.data.expiresAt).not.toBeNull();
    clock.advance(30 * A_DAY + 1_000);
    expect((await made.get('/tickets')).status).toBe(401);
  });
});

describe('a key that makes keys', () => {
  const scopes = ['apiKeys:write', 'tickets:read'];

  it('makes none that reaches further than itself', async () => {
    const maker = await keyMadeBy(running, acme.owner, {
      scopes,
      environment: 'test',
      expiresAt: inDays(5),
      allowedNetworks: ['10.0.0.0/8'],
    });
    const body = { name: 'More', scopes: ['tickets:read'] };
    const narrow = {
      ...body,
      environment: 'test',
      expiresAt: inDays(4),
      allowedNetworks: ['10.1.0.0/16'],
    };

    const answers = await Promise.all(
      [
        {},
        { environment: 'live' },
        { expiresAt: inDays(6) },
        { allowedNetworks: ['11.0.0.0/8'] },
      ].map((more) => maker.post('/api-keys', { ...narrow, ...more }, from('10.2.2.2'))),
    );

    expect(answers.map(({ status }) => status)).toEqual([201, 403, 403, 403]);
    const fields = answers.slice(1).map(({ body: { error } }) => error.details.fields);
    expect(fields).toEqual([['environment'], ['expiresAt'], ['allowedNetworks']]);
    expect(answers[1]!.body.error.code).toBe('api_key.wider_than_maker');
  });

  it('frees itself of nothing', async () => {
    const maker = await keyMadeBy(running, acme.owner, { scopes, expiresAt: inDays(5) });

    const change = await maker.patch(`/api-keys/${maker.key.id}`, { expiresAt: null });
    const wider = await maker.patch(`/api-keys/${maker.key.id}`, {
      scopes: [...scopes, 'users:read'],
    });

    expect(change.body.error.code).toBe('api_key.wider_than_maker');
    expect(wider.body.error.code).toBe('api_key.scope_not_held');
  });

  it('leaves nothing behind that the person it was shown to could go on with', async () => {
    const admin = await acme.user('admin');
    const maker = await keyMadeBy(running, admin, { scopes });
    const made = await keyMadeBy(running, maker, { scopes: ['tickets:read'] });
    expect(made.key.secrets[0]!.issuedTo!.id).toBe(admin.user.id);
    expect((await made.get('/tickets')).status).toBe(200);

    await leave(admin.user.id);

    const listed = (await acme.owner.get('/api-keys')).body.data;
    for (const key of [maker, made]) {
      expect((await key.get('/tickets')).status).toBe(401);
      const shown = listed.find(({ id }: { id: string }) => id === key.key.id);
      expect(shown).toMatchObject({ hasLiveSecret: false, revokedAt: null });
      expect(shown.secrets[0]).toMatchObject({
        endedBecause: 'holder_left',
        endedAt: expect.any(String),
      });
    }
    const again = await acme.owner.post(`/api-keys/${made.key.id}/rotation`, {});
    expect(again.body.data.hasLiveSecret).toBe(true);
    expect((await running.as(again.body.data.secret).get('/tickets')).status).toBe(200);
  });
});

it('a secret that was being made while its holder left is good for nothing', async () => {
  const admin = await acme.user('admin');
  const key = await keyMadeBy(running, admin, { scopes: ['tickets:read'] });
  await leave(admin.user.id);
  // What the trigger did not see, because it was not there yet.
  await asOwner(running.database, async (client) => {
    await client.query("select set_config('app.organization_id', $1, false)", [acme.id]);
    await client.query(
      'update api_key_secrets set revoked_at = null, revoked_because = null where key_id = $1',
      [key.key.id],
    );
  });

  expect((await key.get('/tickets')).status).toBe(401);
  const [shown] = (await acme.owner.get('/api-keys')).body.data;
  expect(shown).toMatchObject({ id: key.key.id, hasLiveSecret: false });
});

describe('the keys of a suspended organization', () => {
  it.each(['suspended_at', 'delete_after'])(
    'are refused while %s is set, also a moment after',
    async (column) => {
      const globex = await given.organization('Globex');
      const key = await globex.apiKey(['tickets:read']);
      expect((await key.get('/tickets')).status).toBe(200);
      const { pool } = running.get(SystemDb);
      const set = async (value: string): Promise<void> => {
        await pool.query(`update organizations set ${column} = ${value} where id = $1`, [
          globex.id,
        ]);
      };

      await set('now()');
      await eventuallyAnswers(key, 403);
      const refused = await key.get('/tickets');
      await set('null');
      await eventuallyAnswers(key, 200);

      expect(refused.body.error.code).toBe('organization.suspended');
    },
  );
});

async function eventuallyAnswers(
  key: { get(path: string): Promise<{ status: number }> },
  status: number,
) {
  await eventually(
    `${status}`,
    async () => (await key.get('/tickets')).status === status,
    TOLD_SOON,
  );
}

/** Ends a membership as the room of the people does. */
async function leave(membershipId: string): Promise<void> {
  await asOwner(running.database, async (client) => {
    await client.query("select set_config('app.organization_id', $1, false)", [acme.id]);
    await client.query(
      "update memberships set status = 'removed', ended_at = now() where id = $1",
      [membershipId],
    );
  });
}
