import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { SCIM_JSON } from '../../support/directory-requests.js';
import { addressOf } from '../../support/given.js';

const running = await useApp();
const acme = await running.given.organization();
const key = await acme.apiKey(['directory:write'], { name: 'Directory' });

describe('what no directory sends', () => {
  it.each([
    ['Users', 'userName eq "\\u0000"'],
    ['Users', 'externalId eq "\\u0000x"'],
    ['Users', 'emails.value eq "\\u0000x"'],
    ['Users', 'userName eq "\\ud800"'],
    ['Groups', 'displayName eq "\\u0000"'],
  ])('is refused in a filter of %s: %s', async (resource, filter) => {
    const answer = await key.get(`/scim/v2/${resource}?filter=${encodeURIComponent(filter)}`);
    expectStatus(answer, 400);
    expect(answer.body.scimType).toBe('invalidFilter');
  });

  it('is refused as the op of a change', async () => {
    const user = { userName: addressOf('odd') };
    const { id } = expectStatus(await key.post('/scim/v2/Users', user, SCIM_JSON), 201).body;
    const operation = { op: { toString: 1 }, path: 'active', value: false };
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] };

    const answer = await key.patch(
      `/scim/v2/Users/${id}`,
      { ...body, Operations: [operation] },
      SCIM_JSON,
    );

    expectStatus(answer, 400);
    expect(answer.body.scimType).toBe('invalidSyntax');
  });
});
