import { useApp } from '../../support/app.js';
import { expectStatus, type Answer } from '../../support/as.js';

const running = await useApp();
const BASE = 'http://desk.example/api/v1/scim/v2';

function scimError({ status, body, headers }: Answer) {
  expect(headers['content-type']).toMatch(/^application\/scim\+json/);
  expect(body).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    detail: expect.stringMatching(/.{5,}/),
  });
  expect(body).not.toHaveProperty('error');
  return [status, body.scimType];
}

describe('SCIM', () => {
  it('says what it can do', async () => {
    const acme = await running.given.organization();
    const key = await acme.apiKey(['directory:write']);
    const config = expectStatus(await key.get('/scim/v2/ServiceProviderConfig'), 200);
    expect(config.headers['content-type']).toMatch(/^application\/scim\+json/);
    expect(config.body).toMatchObject({
      ...{ patch: { supported: true }, filter: { supported: true, maxResults: 200 } },
      ...{ bulk: { supported: false }, changePassword: { supported: false } },
    });
    const types = expectStatus(await key.get('/scim/v2/ResourceTypes'), 200).body;
    expect(types.Resources.map(({ endpoint }: { endpoint: string }) => endpoint)).toEqual([
      '/Users',
      '/Groups',
    ]);
    const schemas = expectStatus(await key.get('/scim/v2/Schemas'), 200).body;
    for (const { id, meta } of schemas.Resources) {
      expect(meta.location).toBe(`${BASE}/Schemas/${id}`);
      expect(expectStatus(await key.get(`/scim/v2/Schemas/${id}`), 200).body.id).toBe(id);
    }
    expect(expectStatus(await key.get('/scim/v2/ResourceTypes/User'), 200).body.id).toBe('User');
    expect((await key.get('/scim/v2/ResourceTypes/Pet')).status).toBe(404);
    expect((await key.get('/scim/v2/Schemas/urn:pet')).status).toBe(404);
  });

  it('tells every failure in its own form', async () => {
    const acme = await running.given.organization();
    const key = await acme.apiKey(['directory:write']);
    const other = await acme.apiKey(['users:read']);
    const users = '/scim/v2/Users';
    expect(scimError(await running.as(null).get(users))).toEqual([401, undefined]);
    expect(scimError(await running.as('md_live_made_up').get(users))).toEqual([401, undefined]);
    expect(scimError(await other.get(users))).toEqual([403, undefined]);
    expect(scimError(await key.get(`${users}/nobody`))).toEqual([404, undefined]);
    expect(scimError(await key.get('/scim/v2/Pets'))).toEqual([404, undefined]);
    expect(scimError(await key.post(users, '{"userName":'))).toEqual([400, 'invalidSyntax']);
    expect(scimError(await key.post(users, '[]'))).toEqual([400, 'invalidSyntax']);
    expect(scimError(await key.post(users, '"text"'))).toEqual([400, 'invalidSyntax']);
    const xml = { headers: { 'content-type': 'application/xml' } };
    expect(scimError(await key.post(users, '<user/>', xml))).toEqual([415, undefined]);
    const large = JSON.stringify({ userName: 'x'.repeat(1_100_000) });
    expect(scimError(await key.post(users, large))).toEqual([413, undefined]);
    const nul = '{"userName":"a\\u0000b@c.example"}';
    expect(scimError(await key.post(users, nul))).toEqual([400, 'invalidSyntax']);
    // Beside it our own form stays.
    expect((await running.as(null).get('/tickets')).body.error.code).toBe('auth.unauthenticated');
  });

  it('is for those with directory:write, which owners and administrators have', async () => {
    const acme = await running.given.organization();
    const admin = await acme.user('admin');
    const agent = await acme.user('agent');
    for (const [person, status] of [
      [acme.owner, 200],
      [admin, 200],
      [agent, 403],
    ] as const)
      expect((await person.get('/scim/v2/Users')).status).toBe(status);
  });
});
