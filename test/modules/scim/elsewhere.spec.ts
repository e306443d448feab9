import { SCIM_JSON } from '../../support/directory-requests.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { requireSecondFactor, withApp } from '../../support/factors.js';
import { addressOf, PASSWORD, type Person } from '../../support/given.js';

const running = await useApp();
const { given } = running;

/** An organization whose directory says that `email` is one of its people, without their having come in. */
async function claims(email: string) {
  const evil = await given.organization('Evil');
  const key = await evil.apiKey(['directory:write'], { name: 'Directory' });
  const { id } = expectStatus(
    await key.post('/scim/v2/Users', { userName: email }, SCIM_JSON),
    201,
  ).body;
  return { evil, id: String(id) };
}

async function signIn(person: Person, organizationId?: string) {
  const body = { email: person.user.email, password: PASSWORD, organizationId };
  return running.as(null).post('/auth/sessions', body);
}

describe('a directory that names somebody who never came in', () => {
  it('is told nothing of what they do to their account elsewhere', async () => {
    const person = await (await given.organization()).user('agent');
    const { evil, id } = await claims(person.user.email);
    const before = (await evil.events()).at(-1).seq;

    await withApp(running, person);
    const change = { email: addressOf('new'), password: PASSWORD };
    expect((await person.post('/me/email-changes', change)).status).toBe(202);

    const told = await evil.events(before);
    // The directory's own key is told of by its own time.
    expect(told.filter(({ type }) => !type.startsWith('api_key.'))).toEqual([]);
    expect((await evil.owner.get(`/users/${id}`)).body.data.lastActiveAt).toBeNull();
  });

  it('is told once they came in of their own will', async () => {
    const person = await (await given.organization()).user('agent');
    const { evil } = await claims(person.user.email);
    expectStatus(await signIn(person, evil.id), 201);
    const before = (await evil.events()).at(-1).seq;

    await withApp(running, person);

    expect((await evil.events(before)).map(({ type }) => type)).toContain(
      'auth.second_factor_added',
    );
  });

  it('cannot ask by a reset of factors whether they have an account elsewhere', async () => {
    const known = await claims((await (await given.organization()).user('agent')).user.email);
    const unknown = await claims(addressOf('nobody'));

    const answers = await Promise.all(
      [known, unknown].map(({ evil, id }) => evil.owner.delete(`/users/${id}/factors`)),
    );

    const [first, second] = answers.map(({ status, body }) => [status, body.error?.code]);
    expect(first).toEqual(second);
  });

  it('demands no second factor of them', async () => {
    const person = await (await given.organization()).user('agent');
    const { app } = await withApp(running, person);
    const { evil } = await claims(person.user.email);
    await requireSecondFactor(evil.id);

    const answer = await person.send('DELETE', '/me/factors/totp', { code: app.fresh() });

    expect(answer.status).toBe(200);
  });
});
