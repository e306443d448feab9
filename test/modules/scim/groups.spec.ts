import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import {
  entraGroup,
  entraMembers,
  oktaGroupName,
  oktaMembers,
  oktaUser,
  patch,
  SCIM_JSON,
} from '../../support/directory-requests.js';
import { addressOf } from '../../support/given.js';

const running = await useApp();
const GROUPS = '/scim/v2/Groups';

async function directory(people = 0) {
  const acme = await running.given.organization();
  const key = await acme.apiKey(['directory:write'], { name: 'Directory' });
  const ids: string[] = [];
  for (let at = 0; at < people; at += 1) {
    const body = oktaUser(addressOf(`member-${at}`));
    ids.push(expectStatus(await key.post('/scim/v2/Users', body), 201).body.id);
  }
  const group = expectStatus(
    await key.post(GROUPS, entraGroup('Support', 'g-1'), SCIM_JSON),
    201,
  ).body;
  const path = `${GROUPS}/${group.id}`;
  const members = async () =>
    (await key.get(path)).body.members.map(({ value }: { value: string }) => value).toSorted();
  return { acme, key, ids: ids.toSorted(), group, path, members };
}

describe('a group of a directory', () => {
  it('is made, found and read, with and without its members', async () => {
    const { key, group, path, ids, acme } = await directory(1);
    expect(group).toMatchObject({ displayName: 'Support', externalId: 'g-1', members: [] });
    expectStatus(await key.patch(path, entraMembers('Add', ids), SCIM_JSON), 200);
    const filter = new URLSearchParams({ filter: 'displayName eq "Support"' }).toString();
    const list = await key.get(`${GROUPS}?excludedAttributes=members&${filter}`);
    expect(list.body).toMatchObject({ totalResults: 1, Resources: [{ id: group.id }] });
    expect(list.body.Resources[0]).not.toHaveProperty('members');
    const user = (await key.get(`/scim/v2/Users/${ids[0]}`)).body;
    expect(user.groups).toMatchObject([{ value: group.id, display: 'Support' }]);
    const told = (await acme.events()).filter(({ type }) => type.startsWith('scim.group'));
    expect(told.map(({ type }) => type)).toEqual(['scim.group_created', 'scim.group_updated']);
    expect(told[1].data).toMatchObject({ added: ids, removed: [] });
  });

  it('changes its members as Okta asks', async () => {
    const { key, ids, path, members } = await directory(3);
    const [a, b, c] = ids as [string, string, string];
    expectStatus(await key.patch(path, oktaMembers(b, [a, c])), 200);
    expect(await members()).toEqual([a, c]);
    expectStatus(await key.patch(path, oktaMembers(a, [b])), 200);
    expect(await members()).toEqual([b, c]);
    expectStatus(
      await key.patch(path, patch({ op: 'replace', path: 'members', value: [{ value: a }] })),
      200,
    );
    expect(await members()).toEqual([a]);
    expectStatus(await key.put(path, { displayName: 'Support', members: [{ value: c }] }), 200);
    expect(await members()).toEqual([c]);
  });

  it('changes its members as Entra ID asks', async () => {
    const { key, ids, path, members } = await directory(3);
    expectStatus(await key.patch(path, entraMembers('Add', ids)), 200);
    expectStatus(await key.patch(path, entraMembers('Add', ids)), 200);
    expect(await members()).toEqual(ids);
    expectStatus(await key.patch(path, entraMembers('Remove', ids.slice(0, 2))), 200);
    expect(await members()).toEqual(ids.slice(2));
    expectStatus(await key.patch(path, patch({ op: 'Remove', path: 'members' })), 200);
    expect(await members()).toEqual([]);
  });

  it('is renamed, and keeps names apart', async () => {
    const { acme, key, group, path } = await directory();
    const renamed = await key.patch(path, oktaGroupName(group.id, 'Front desk'));
    expect(expectStatus(renamed, 200).body.displayName).toBe('Front desk');
    const told = (await acme.events()).findLast(({ type }) => type.startsWith('scim.'));
    expect(told).toMatchObject({
      ...{ type: 'scim.group_updated', changes: { displayName: ['Support', 'Front desk'] } },
      actor: { type: 'api_key', id: key.key.id },
    });
    expectStatus(await key.post(GROUPS, entraGroup('Support', 'g-2')), 201);
    const taken = await key.post(GROUPS, entraGroup('Front desk', 'g-3'));
    expect([taken.status, taken.body.scimType]).toEqual([409, 'uniqueness']);
    const collides = await key.patch(path, oktaGroupName(group.id, 'Support'));
    expect([collides.status, collides.body.scimType]).toEqual([409, 'uniqueness']);
  });

  it('is deleted, and its people stay', async () => {
    const { key, ids, path } = await directory(1);
    expectStatus(await key.patch(path, entraMembers('Add', ids)), 200);
    expect((await key.delete(path)).status).toBe(204);
    expect((await key.get(path)).status).toBe(404);
    expect((await key.get(`/scim/v2/Users/${ids[0]}`)).body).toMatchObject({
      active: true,
      groups: [],
    });
  });

  it('loses whoever the directory deletes', async () => {
    const { key, ids, path, members } = await directory(2);
    expectStatus(await key.patch(path, entraMembers('Add', ids)), 200);
    expect((await key.delete(`/scim/v2/Users/${ids[0]}`)).status).toBe(204);
    expect(await members()).toEqual(ids.slice(1));
  });

  it('takes nobody of another organization, and is nothing to it', async () => {
    const ours = await directory(1);
    const theirs = await directory(1);
    for (const id of [
      theirs.ids[0]!,
      '01a1feaa-63b1-7742-8d15-01d6cb3dffa2',
      ours.acme.owner.user.id,
    ]) {
      const answer = await ours.key.patch(ours.path, entraMembers('Add', [id]));
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
    }
    const { key } = theirs;
    const answers = [
      await key.get(ours.path),
      await key.patch(ours.path, oktaGroupName(ours.group.id, 'Mine')),
      await key.put(ours.path, entraGroup('Mine', 'g')),
      await key.delete(ours.path),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await ours.key.get(ours.path)).body.displayName).toBe('Support');
  });

  it.each([
    ['no name', { members: [] }, 'invalidValue'],
    ['a member without a value', { displayName: 'A', members: [{ display: 'x' }] }, 'invalidValue'],
    [
      'a member that is no id',
      { displayName: 'A', members: [{ value: "' or 1=1" }] },
      'invalidValue',
    ],
  ])('is refused with %s', async (_, body, scimType) => {
    const { key } = await directory();
    const answer = await key.post(GROUPS, body);
    expect([answer.status, answer.body.scimType]).toEqual([400, scimType]);
  });
});
