import { useApp } from '../../support/app.js';
import { expectStatus, type Answer } from '../../support/as.js';
import {
  entraChange,
  entraPathless,
  entraUser,
  oktaUser,
  patch,
  SCIM_JSON,
} from '../../support/directory-requests.js';
import { addressOf, type GivenOrganization, type Integration } from '../../support/given.js';

const running = await useApp();

const USERS = '/scim/v2/Users';

async function directory(organization?: GivenOrganization) {
  const acme = organization ?? (await running.given.organization());
  return { acme, key: await acme.apiKey(['directory:write'], { name: 'Directory' }) };
}

async function made(key: Integration, body: object): Promise<any> {
  return expectStatus(await key.post(USERS, body, SCIM_JSON), 201).body;
}

function found(answer: Answer): string[] {
  return expectStatus(answer, 200).body.Resources.map(
    ({ userName }: { userName: string }) => userName,
  );
}

function scimError({ status, body, headers }: Answer) {
  expect(headers['content-type']).toMatch(/^application\/scim\+json/);
  expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
  expect(body.status).toBe(String(status));
  expect(body.detail.length).toBeGreaterThan(5);
  return [status, body.scimType];
}

describe('a directory brings people', () => {
  it('as Okta does: looks, makes, finds', async () => {
    const { acme, key } = await directory();
    const email = addressOf('okta');
    const look = () =>
      key.get(`${USERS}?filter=userName%20eq%20%22${email}%22&startIndex=1&count=100`);
    const nobody = expectStatus(await look(), 200);
    expect(nobody.body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      ...{ totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
    });
    const answer = expectStatus(await key.post(USERS, oktaUser(email), SCIM_JSON), 201);
    const { id } = answer.body;
    const location = `http://desk.example/api/v1/scim/v2/Users/${id}`;
    expect(answer.headers.location).toBe(location);
    expect(answer.headers['content-type']).toMatch(/^application\/scim\+json/);
    expect(answer.body).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      ...{ id, userName: email, externalId: `00u${email.slice(0, 8)}`, active: true },
      name: { formatted: 'Odile Okta', givenName: 'Odile', familyName: 'Okta' },
      displayName: 'Odile Okta',
      emails: [{ value: email, type: 'work', primary: true }],
      groups: [],
      meta: {
        ...{ resourceType: 'User', location },
        ...{ created: expect.any(String), lastModified: expect.any(String) },
      },
    });
    expect(found(await look())).toEqual([email]);
    expect((await acme.owner.get(`/users/${id}`)).body.data).toMatchObject({
      ...{ email, name: 'Odile Okta', role: 'viewer', status: 'active' },
    });
    // The password that was sent along is nobody's.
    const tried = await running.as(null).post('/auth/sessions', { email, password: '1mz050nq' });
    expect(tried.status).toBe(401);
    const events = (await acme.events()).filter(({ actor }) => actor.id === key.key.id);
    const types = events.map(({ type }) => type).filter((type) => !type.startsWith('api_key.'));
    expect(types).toEqual(['user.joined', 'scim.user_created']);
    expect(JSON.stringify(events)).not.toContain('1mz050nq');
  });

  it('as Entra ID does, with attributes of other schemas', async () => {
    const { key } = await directory();
    const email = addressOf('entra');
    const user = await made(key, entraUser(email));
    expect(user).toMatchObject({ userName: email, displayName: 'Enzo Entra', active: true });
    const asked = `filter=externalId%20eq%20%22mail-${email.slice(0, 8)}%22`;
    expect(found(await key.get(`${USERS}?${asked}`))).toEqual([email]);
  });

  it('refuses the same person twice, and a name that is taken, as RFC 7644 has it', async () => {
    const { key } = await directory();
    const email = addressOf('twice');
    const { id } = await made(key, oktaUser(email));
    expect(scimError(await key.post(USERS, oktaUser(email.toUpperCase()), SCIM_JSON))).toEqual([
      409,
      'uniqueness',
    ]);
    const other = addressOf('other');
    const sameName = oktaUser(email, { emails: [{ value: other, primary: true }] });
    expect(scimError(await key.post(USERS, sameName))).toEqual([409, 'uniqueness']);
    const second = await made(key, oktaUser(other));
    const renamed = await key.put(`${USERS}/${second.id}`, oktaUser(email));
    expect(scimError(renamed)).toEqual([409, 'uniqueness']);
    expect((await key.get(`${USERS}/${id}`)).body.userName).toBe(email);
  });

  it('makes one of two that are sent at once', async () => {
    const { key } = await directory();
    const email = addressOf('race');
    const answers = await Promise.all([1, 2, 3].map(() => key.post(USERS, oktaUser(email))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  });

  it('takes somebody who is here already into the directory as they are', async () => {
    const { acme, key } = await directory();
    const agent = await acme.user('agent', 'Ada Agent');
    const user = await made(key, oktaUser(agent.user.email));
    expect(user).toMatchObject({ id: agent.user.id, displayName: 'Ada Agent' });
    expect((await agent.get('/me')).body.data.user).toMatchObject({ role: 'agent' });
  });

  it.each([
    ['no userName', { userName: undefined }, 'invalidValue'],
    ['a userName that is no text', { userName: 7 }, 'invalidValue'],
    ['a userName that is too long', { userName: 'x'.repeat(255) }, 'invalidValue'],
    ['no address', { userName: 'odile', emails: [] }, 'invalidValue'],
    ['a name that is no object', { name: 'Odile' }, 'invalidSyntax'],
    ['active that is neither', { active: 'perhaps' }, 'invalidValue'],
    ['a name of two lines', { displayName: 'a\nb' }, 'invalidValue'],
  ])('refuses %s', async (_, fields, scimType) => {
    const { key } = await directory();
    const body = oktaUser(addressOf('wrong'), fields);
    expect(scimError(await key.post(USERS, body))).toEqual([400, scimType]);
  });
});

describe('a directory changes people', () => {
  it('as Entra ID does, but never the address: it is the person’s own', async () => {
    const { acme, key } = await directory();
    const email = addressOf('entra');
    const { id } = await made(key, entraUser(email));
    const answer = await key.patch(`${USERS}/${id}`, entraChange(addressOf('stolen')), SCIM_JSON);
    expect(expectStatus(answer, 200).body).toMatchObject({
      name: { givenName: 'Enza', familyName: 'Entrada', formatted: 'Enza Entrada' },
      displayName: 'Enza Entrada',
      emails: [{ value: email }],
    });
    expect((await acme.owner.get(`/users/${id}`)).body.data).toMatchObject({
      ...{ email, name: 'Enza Entrada' },
    });
    const pathless = expectStatus(await key.patch(`${USERS}/${id}`, entraPathless()), 200);
    expect(pathless.body).toMatchObject({
      ...{ displayName: 'Enzina Entra', name: { givenName: 'Enzina', familyName: 'Entrada' } },
    });
    const updated = (await acme.events()).filter(({ type }) => type === 'scim.user_updated');
    expect(updated[0].changes).toEqual({
      ...{ givenName: ['Enzo', 'Enza'], familyName: ['Entra', 'Entrada'] },
    });
  });

  it('by writing them anew, and quietly when nothing is new', async () => {
    const { acme, key } = await directory();
    const email = addressOf('put');
    const { id } = await made(key, oktaUser(email));
    expectStatus(await key.put(`${USERS}/${id}`, oktaUser(email)), 200);
    const types = (await acme.events()).map(({ type }) => type);
    expect(types.filter((type) => /updated|renamed/.test(type))).toEqual([]);
    const anew = oktaUser(`new-${email}`, { displayName: 'Olga Okta', externalId: undefined });
    const answer = expectStatus(await key.put(`${USERS}/${id}`, anew), 200);
    expect(answer.body).toMatchObject({ userName: `new-${email}`, displayName: 'Olga Okta' });
    expect(answer.body).not.toHaveProperty('externalId');
    expect(answer.body.emails[0].value).toBe(email);
  });

  it.each([
    ['no operations', { Operations: [] }, 'invalidSyntax'],
    ['an operation that there is not', patch({ op: 'move', path: 'active' }), 'invalidSyntax'],
    ['a path that is none', patch({ op: 'replace', path: 'a[b', value: 1 }), 'invalidPath'],
    ['remove without a path', patch({ op: 'remove' }), 'invalidPath'],
    ['the userName taken away', patch({ op: 'remove', path: 'userName' }), 'invalidValue'],
    [
      'active that is neither',
      patch({ op: 'replace', path: 'active', value: 'no' }),
      'invalidValue',
    ],
    ['a list as the body', [], 'invalidSyntax'],
  ])('refuses %s', async (_, body, scimType) => {
    const { key } = await directory();
    const { id } = await made(key, oktaUser(addressOf('wrong')));
    expect(scimError(await key.patch(`${USERS}/${id}`, body))).toEqual([400, scimType]);
  });
});

describe('a directory finds people', () => {
  it('page by page from 1, each once', async () => {
    const { key } = await directory();
    const emails = [];
    for (let at = 0; at < 5; at += 1) {
      const email = addressOf(`page-${at}`);
      await made(key, oktaUser(email));
      emails.push(email);
    }
    const pages = [];
    for (const startIndex of [1, 3, 5, 7]) {
      const answer = await key.get(`${USERS}?startIndex=${startIndex}&count=2`);
      expect(answer.body).toMatchObject({ totalResults: 5, startIndex });
      pages.push(...found(answer));
    }
    expect(pages).toEqual(emails);
    expect((await key.get(`${USERS}?count=0`)).body).toMatchObject({
      totalResults: 5,
      itemsPerPage: 0,
    });
    expect((await key.get(`${USERS}?startIndex=0&count=1`)).body.startIndex).toBe(1);
    expect((await key.get(`${USERS}?startIndex=-5&count=9999`)).body.itemsPerPage).toBe(5);
    expect(scimError(await key.get(`${USERS}?count=many`))).toEqual([400, 'invalidValue']);
  });

  it('by what they are known by, without regard to case', async () => {
    const { key } = await directory();
    const email = addressOf('find');
    const { id } = await made(key, oktaUser(email, { externalId: 'Ext 1' }));
    const away = addressOf('away');
    await made(key, oktaUser(away, { active: false, externalId: 'Ext 2' }));
    const ask = async (filter: string) =>
      found(await key.get(`${USERS}?${new URLSearchParams({ filter }).toString()}`));
    expect(await ask(`userName eq "${email.toUpperCase()}"`)).toEqual([email]);
    expect(await ask(`USERNAME Eq "${email}"`)).toEqual([email]);
    expect(await ask(`urn:ietf:params:scim:schemas:core:2.0:User:userName eq "${email}"`)).toEqual([
      email,
    ]);
    expect(await ask(`emails.value eq "${email}"`)).toEqual([email]);
    expect(await ask(`emails[type eq "work"].value eq "${email}"`)).toEqual([email]);
    expect(await ask(`id eq "${id}"`)).toEqual([email]);
    expect(await ask('id eq "nobody"')).toEqual([]);
    expect(await ask('externalId eq "Ext 1" and active eq true')).toEqual([email]);
    expect(await ask('externalId eq "ext 1"')).toEqual([]);
    expect(await ask('active eq "False"')).toEqual([away]);
    expect(await ask(`userName eq "${email}" and active eq false`)).toEqual([]);
  });

  it.each([
    ...['userName', 'userName co "a"', 'userName eq ada', 'userName eq "a" or active eq true'],
    ...['nickName eq "a"', 'userName eq "a" and', 'not (active eq true)', '"', 'id eq true'],
  ])('not by what is not understood: %s', async (filter) => {
    const { key } = await directory();
    const answer = await key.get(`${USERS}?${new URLSearchParams({ filter }).toString()}`);
    expect(scimError(answer)).toEqual([400, 'invalidFilter']);
  });

  it('with the attributes that it asks for', async () => {
    const { key } = await directory();
    const { id } = await made(key, oktaUser(addressOf('some')));
    const some = await key.get(`${USERS}/${id}?attributes=userName,emails.value`);
    expect(Object.keys(some.body).toSorted()).toEqual([
      'emails',
      'id',
      'meta',
      'schemas',
      'userName',
    ]);
    const most = await key.get(`${USERS}/${id}?excludedAttributes=groups,name`);
    expect(most.body).not.toHaveProperty('name');
    expect(most.body).toHaveProperty('userName');
  });
});
