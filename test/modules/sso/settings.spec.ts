import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner } from '../../support/database.js';
import { FixedDns, givenConnection, LOOPBACK_ALLOWED, newDomain } from '../../support/sso.js';

const running = await useApp({ settings: LOOPBACK_ALLOWED });
const dns = new FixedDns(running);
const provider = { issuer: 'https://login.acme.example', register: () => undefined };
const NOBODY = '01a1feaa-63b1-7742-8d15-01d6cb3dffa2';

const wanted = {
  name: 'Acme login',
  issuer: 'https://login.acme.example/tenant',
  clientId: 'desk',
  clientSecret: 'the secret of the client',
};

describe('a connection', () => {
  it('takes a secret and never shows it, in no answer, event or column in the clear', async () => {
    const acme = await running.given.organization();
    const made = expectStatus(await acme.owner.post('/sso/connections', wanted), 201).body.data;
    expect(made).toEqual({
      id: expect.any(String),
      ...{ name: 'Acme login', issuer: wanted.issuer, clientId: 'desk', enabled: true },
      ...{ role: 'viewer', roleName: 'viewer' },
      redirectUri: `http://desk.example/api/v1/auth/sso/callback/${made.id}`,
      ...{ createdAt: expect.any(String), updatedAt: expect.any(String) },
    });
    const changed = await acme.owner.patch(`/sso/connections/${made.id}`, {
      clientSecret: 'another secret of it',
      role: 'agent',
    });
    expect(expectStatus(changed, 200).body.data).toMatchObject({ role: 'agent' });
    const seen = [
      await acme.owner.get('/sso/connections'),
      await acme.owner.get(`/sso/connections/${made.id}`),
      await acme.owner.get('/events?limit=1000'),
      changed,
    ];
    for (const { text } of seen) expect(text).not.toMatch(/secret of/);
    const { rows } = await asOwner(running.database, (client) =>
      client.query('select client_secret from sso_connections where id = $1', [made.id]),
    );
    expect(rows[0].client_secret.toString('latin1')).not.toContain('secret of');
    const event = (await acme.events()).find(({ type }) => type === 'sso.connection_updated');
    expect(event).toMatchObject({
      data: { secretChanged: true },
      changes: { role: ['viewer', 'agent'] },
    });
  });

  it.each([
    ['issuer', { issuer: 'ftp://login.acme.example' }],
    ['issuer', { issuer: 'https://login.acme.example/?a=b' }],
    ['issuer', { issuer: 'https://login.acme.example/#a' }],
    ['issuer', { issuer: 'https://a:b@login.acme.example' }],
    ['issuer', { issuer: 'login.acme.example' }],
    ['role', { role: 'owner' }],
    ['organizationId', { organizationId: NOBODY }],
    ['clientSecret', { clientSecret: '' }],
  ])('refuses a wrong %s', async (field, fields) => {
    const acme = await running.given.organization();
    const answer = await acme.owner.post('/sso/connections', { ...wanted, ...fields });
    expect([answer.status, answer.body.error.details[0].field]).toEqual([400, field]);
  });

  it('keeps its issuer', async () => {
    const acme = await running.given.organization();
    const { id } = (await acme.owner.post('/sso/connections', wanted)).body.data;
    const answer = await acme.owner.patch(`/sso/connections/${id}`, {
      issuer: 'https://x.example',
    });
    expect([answer.status, answer.body.error.details[0].field]).toEqual([400, 'issuer']);
  });

  it('is another organization’s as little as one that is not there', async () => {
    const acme = await running.given.organization();
    const globex = await running.given.organization();
    const { id, domainId } = await givenConnection(acme, dns, provider);
    const { owner } = globex;
    const asked = (of: string, domainOf: string) => [
      owner.get(`/sso/connections/${of}`),
      owner.patch(`/sso/connections/${of}`, { name: 'Mine' }),
      owner.delete(`/sso/connections/${of}`),
      owner.post('/sso/domains', { domain: newDomain(), connectionId: of }),
      owner.post(`/sso/domains/${domainOf}/verification`),
      owner.delete(`/sso/domains/${domainOf}`),
      owner.delete(`/sso/links/${acme.owner.user.id === of ? of : domainOf}`),
    ];
    const said = async (ids: [string, string]) =>
      (await Promise.all(asked(...ids))).map(({ status, body }) => [status, body.error.code]);
    const foreign = await said([id, domainId]);
    expect(foreign).toEqual(await said([NOBODY, NOBODY]));
    expect(foreign.every(([status]) => status === 404)).toBe(true);
    expect((await acme.owner.get('/sso/domains')).body.data[0].verifiedAt).not.toBeNull();
  });

  it('is for those with every right of an administrator: it decides who comes in as whom', async () => {
    const acme = await running.given.organization();
    const { id, domainId } = await givenConnection(acme, dns, provider);
    const key = await acme.apiKey(['security:read', 'security:write']);
    expect((await key.get('/sso/connections')).status).toBe(200);
    const attempts = [
      await key.post('/sso/connections', wanted),
      await key.patch(`/sso/connections/${id}`, { role: 'agent' }),
      await key.delete(`/sso/connections/${id}`),
      await key.post('/sso/domains', { domain: newDomain(), connectionId: id }),
      await key.post(`/sso/domains/${domainId}/verification`),
      await key.delete(`/sso/domains/${domainId}`),
      await key.put('/sso/enforcement'),
      await key.delete('/sso/enforcement'),
    ];
    for (const { status, body } of attempts)
      expect([status, body.error.code]).toEqual([403, 'role.too_high']);
    const agent = await acme.user('agent');
    expect((await agent.get('/sso/connections')).status).toBe(403);
    const admin = await acme.user('admin');
    expect((await admin.patch(`/sso/connections/${id}`, { role: 'agent' })).status).toBe(200);
  });
});

describe('a domain', () => {
  it('counts when its DNS says so', async () => {
    const acme = await running.given.organization();
    const { id } = (await acme.owner.post('/sso/connections', wanted)).body.data;
    const domain = newDomain();
    const added = expectStatus(
      await acme.owner.post('/sso/domains', { domain: domain.toUpperCase(), connectionId: id }),
      201,
    ).body.data;
    expect(added).toMatchObject({ domain, txtName: `_manydesk.${domain}`, verifiedAt: null });
    expect(added.txtValue).toMatch(/^manydesk-verification=[0-9a-f]{40}$/);
    const again = await acme.owner.post('/sso/domains', { domain, connectionId: id });
    expect([again.status, again.body.error.code]).toEqual([409, 'sso.domain_added_already']);

    const verify = () => acme.owner.post(`/sso/domains/${added.id}/verification`);
    dns.isSilent = true;
    expect((await verify()).body.error.code).toBe('sso.dns_unavailable');
    dns.isSilent = false;
    dns.records.set(added.txtName, ['v=spf1 -all', `${added.txtValue}0`]);
    const unproved = await verify();
    expect([unproved.status, unproved.body.error.code]).toEqual([409, 'sso.domain_not_proved']);
    dns.publish(added);
    expect(expectStatus(await verify(), 200).body.data.verifiedAt).not.toBeNull();
    expect((await verify()).status).toBe(200);
    const told = (await acme.events())
      .map(({ type }) => type)
      .filter((type) => type.startsWith('sso.domain'));
    expect(told).toEqual(['sso.domain_added', 'sso.domain_verified']);
  });

  it.each(['com', 'gmail.com', 'co.uk', '127.0.0.1', 'a@b.example', 'acme.example/x'])(
    'is none: %s',
    async (domain) => {
      const acme = await running.given.organization();
      const { id } = (await acme.owner.post('/sso/connections', wanted)).body.data;
      const answer = await acme.owner.post('/sso/domains', { domain, connectionId: id });
      expect([answer.status, answer.body.error.details[0].field]).toEqual([400, 'domain']);
    },
  );

  it('is one organization’s, and only who proves it learns that it is taken', async () => {
    const acme = await running.given.organization();
    const globex = await running.given.organization();
    const held = await givenConnection(acme, dns, provider);
    const { id } = (await globex.owner.post('/sso/connections', wanted)).body.data;
    const added = expectStatus(
      await globex.owner.post('/sso/domains', { domain: held.domain, connectionId: id }),
      201,
    ).body.data;
    const verify = () => globex.owner.post(`/sso/domains/${added.id}/verification`);
    expect((await verify()).body.error.code).toBe('sso.domain_not_proved');
    dns.publish(added);
    expect((await verify()).body.error.code).toBe('sso.domain_taken');

    // The record of the holder is gone: the DNS is somebody else's now.
    dns.records.set(added.txtName, [added.txtValue]);
    expectStatus(await verify(), 200);
    expect((await acme.owner.get('/sso/domains')).body.data[0].verifiedAt).toBeNull();
    const lost = (await acme.events()).at(-1);
    expect(lost).toMatchObject({ type: 'sso.domain_lost', actor: { type: 'system', id: null } });
    expect(JSON.stringify(lost)).not.toContain(globex.id);
    expect((await globex.events()).at(-1).type).toBe('sso.domain_verified');
  });

  it('is won by one of two who prove it at once', async () => {
    const domain = newDomain();
    const tries = [];
    for (const desk of [await running.given.organization(), await running.given.organization()]) {
      const { id } = (await desk.owner.post('/sso/connections', wanted)).body.data;
      const added = (await desk.owner.post('/sso/domains', { domain, connectionId: id })).body.data;
      dns.publish(added);
      tries.push(() => desk.owner.post(`/sso/domains/${added.id}/verification`));
    }
    const answers = await Promise.all(tries.map((verify) => verify()));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });
});

describe('requiring single sign-on', () => {
  it('takes a verified domain of an enabled connection, and keeps one', async () => {
    const acme = await running.given.organization();
    const { owner } = acme;
    const early = await owner.put('/sso/enforcement');
    expect([early.status, early.body.error.code]).toEqual([409, 'sso.not_ready']);
    expect((await owner.get('/sso/enforcement')).body.data).toEqual({
      required: false,
      ready: false,
    });

    const { id, domainId } = await givenConnection(acme, dns, provider);
    expectStatus(await owner.put('/sso/enforcement'), 200);
    expectStatus(await owner.put('/sso/enforcement'), 200);
    expect((await owner.get('/sso/enforcement')).body.data).toEqual({
      required: true,
      ready: true,
    });
    const refused = [
      await owner.patch(`/sso/connections/${id}`, { enabled: false }),
      await owner.delete(`/sso/connections/${id}`),
      await owner.delete(`/sso/domains/${domainId}`),
    ];
    for (const { status, body } of refused)
      expect([status, body.error.code]).toEqual([409, 'sso.still_enforced']);

    expectStatus(await owner.delete('/sso/enforcement'), 200);
    expectStatus(await owner.delete(`/sso/connections/${id}`), 200);
    expect((await owner.get('/sso/domains')).body.total).toBe(0);
    const told = (await acme.events()).map(({ type }) => type);
    expect(told.slice(-3)).toEqual(['sso.enforced', 'sso.unenforced', 'sso.connection_deleted']);
  });
});
