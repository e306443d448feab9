import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';
import { PASSWORD, type GivenOrganization } from '../../support/given.js';
import { BELIEVE_ADDRESSES, Visitor } from '../../support/visitor.js';

const running = await useApp({ settings: BELIEVE_ADDRESSES });
const { given, as } = running;

const visitor = () => new Visitor(running);

/** What the pages of security and single sign-on would set. */
function demand(
  { id }: GivenOrganization,
  what: 'sso_required' | 'second_factor_required',
): Promise<unknown> {
  return asOwner(running.database, (client) =>
    client.query(`update organizations set ${what} = true where id = $1`, [id]),
  );
}

describe('an organization with single sign-on alone', () => {
  it('refuses the right password, and says by which way to come', async () => {
    const acme = await given.organization();
    const agent = await acme.user('agent');
    await demand(acme, 'sso_required');

    const right = await visitor().signIn(agent.user.email, PASSWORD);
    const wrong = await visitor().signIn(agent.user.email, 'wrong');

    expect(right.status).toBe(403);
    expect(right.body.error).toMatchObject({
      code: 'auth.sso_required',
      details: { organization: { id: acme.id, name: 'Acme Support' } },
    });
    expect(right.cookies).toEqual([]);
    expect(wrong.body.error.code).toBe('auth.invalid_credentials');
  });

  it('keeps a way in for its owners, which it is told of', async () => {
    const acme = await given.organization();
    await demand(acme, 'sso_required');
    const before = (await acme.events()).at(-1).seq;

    expect((await visitor().signIn(acme.owner.user.email, PASSWORD)).status).toBe(201);

    expect(await acme.events(before)).toMatchObject([
      { type: 'auth.signed_in' },
      { type: 'sso.break_glass_used', actor: { type: 'user', id: acme.owner.user.id } },
    ]);
  });

  it('ends the sessions of before at their next refresh', async () => {
    const acme = await given.organization();
    const agent = await acme.user('agent');
    const [browser, owner] = [visitor(), visitor()];
    await browser.signIn(agent.user.email, PASSWORD);
    await owner.signIn(acme.owner.user.email, PASSWORD);
    await demand(acme, 'sso_required');

    expect((await browser.post('/auth/sessions/refresh')).status).toBe(401);
    expect((await owner.post('/auth/sessions/refresh')).status).toBe(200);
  });
});

describe('an organization that requires a second factor', () => {
  it('lets nobody in without one, and gives a challenge to set one up', async () => {
    const acme = await given.organization();
    await demand(acme, 'second_factor_required');

    const answer = await visitor().signIn(acme.owner.user.email, PASSWORD);

    expect(answer.status).toBe(401);
    expect(answer.body.error).toMatchObject({
      code: 'auth.second_factor_setup_required',
      details: { challenge: expect.any(String), expiresIn: 300 },
    });
    expect(answer.cookies).toEqual([]);
    expect(answer.text).not.toContain('accessToken');
  });

  it('ends the sessions of before at their next refresh', async () => {
    const acme = await given.organization();
    const browser = visitor();
    await browser.signIn(acme.owner.user.email, PASSWORD);
    await demand(acme, 'second_factor_required');

    const answer = await browser.post('/auth/sessions/refresh');

    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('auth.session_ended');
  });

  it('is not entered by a switch either', async () => {
    const acme = await given.organization();
    const { body } = await visitor().signIn(acme.owner.user.email, PASSWORD);
    const further = await as(body.data.accessToken).post('/organizations', { name: 'Further' });
    const there = as(further.body.data.accessToken);
    await demand(acme, 'second_factor_required');

    const answer = await there.post('/auth/sessions/switch', { organizationId: acme.id });

    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('auth.second_factor_setup_required');
    expect((await there.get('/me')).body.data.organization.name).toBe('Further');
  });
});

describe('a session of single sign-on', () => {
  it('sees and opens nothing of the person’s other organizations', async () => {
    const acme = await given.organization();
    const { body } = await visitor().signIn(acme.owner.user.email, PASSWORD);
    const further = await as(body.data.accessToken).post('/organizations', { name: 'Further' });
    const { id } = further.body.data.organization;
    await asOwner(running.database, (client) =>
      client.query("update sessions set method = 'sso' where organization_id = $1", [acme.id]),
    );

    const { owner } = acme;
    const refused = [
      await owner.post('/auth/sessions/switch', { organizationId: id }),
      await owner.post('/organizations', { name: 'Mine' }),
    ];

    for (const answer of refused) expect(answer.body.error.code).toBe('auth.sign_in_again');
    const organizations = (await owner.get('/me/organizations')).body.data;
    expect(organizations.map(({ name }: any) => name)).toEqual(['Acme Support']);
    const sessions = (await owner.get('/auth/sessions')).body.data;
    expect(sessions.map(({ organization }: any) => organization.id)).toEqual([acme.id]);
    await owner.delete('/auth/sessions');
    expect((await as(further.body.data.accessToken).get('/me')).status).toBe(200);
  });
});
