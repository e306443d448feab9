import type { Permission, Role } from '#core/tenancy/permissions.js';
import { ROLE_PERMISSIONS } from '#core/tenancy/permissions.js';
import { useApp } from '../../support/app.js';
import type { Method } from '../../support/as.js';
import { AS_MAIL, mail } from '../../support/mail.js';
import { asOwner, workerDatabase } from '../../support/database.js';
import { newTicket } from '../../support/given.js';
import { eventually, TOLD_SOON } from '../../support/jobs.js';

const { given, as } = await useApp();
const acme = await given.organization();
const people = {
  owner: acme.owner,
  admin: await acme.user('admin'),
  agent: await acme.user('agent'),
  viewer: await acme.user('viewer'),
};
const ticket = await acme.ticket();
const ids: Record<string, string> = {
  ':owner': acme.owner.user.id,
  ':ticket': ticket.id,
  ':nothing': '00000000-0000-7000-8000-000000000000',
};
const filled = (path: string): string => path.replace(/:[a-z]+/, (name) => ids[name]!);

/** Every route that asks for a permission, with a request that is good but for the right to make it. */
const guarded: [Permission, Method, string, unknown][] = [
  ['organization:read', 'GET', '/organization', undefined],
  ['users:read', 'GET', '/users', undefined],
  ['users:read', 'GET', '/users/:owner', undefined],
  ['apiKeys:read', 'GET', '/api-keys', undefined],
  ['apiKeys:write', 'POST', '/api-keys', { name: 'Key', scopes: ['tickets:read'] }],
  ['apiKeys:write', 'DELETE', '/api-keys/:nothing', undefined],
  ['tickets:read', 'GET', '/tickets', undefined],
  ['tickets:read', 'GET', '/tickets/:ticket', undefined],
  ['tickets:read', 'GET', '/tickets/:ticket/messages', undefined],
  ['tickets:write', 'POST', '/tickets', newTicket()],
  ['tickets:write', 'PATCH', '/tickets/:ticket', { priority: 'high' }],
  ['tickets:write', 'PUT', '/tickets/:ticket/assignment', { assigneeId: acme.owner.user.id }],
  ['tickets:write', 'DELETE', '/tickets/:ticket/assignment', undefined],
  ['tickets:write', 'PUT', '/tickets/:ticket/closure', undefined],
  ['tickets:write', 'DELETE', '/tickets/:ticket/closure', undefined],
  ['tickets:write', 'POST', '/tickets/:ticket/messages', { kind: 'note', body: 'Hm.' }],
  ['events:read', 'GET', '/events', undefined],
  ['mail:write', 'POST', '/inbound/mail', mail({})],
];

describe.each(Object.keys(people) as Role[])('the role %s', (role) => {
  it('is told its own permissions', async () => {
    const answer = await people[role].get('/me');

    expect(answer.body.data.user.role).toBe(role);
    expect(answer.body.data.permissions.sort()).toEqual([...ROLE_PERMISSIONS[role]].sort());
  });

  it.each(guarded)('is held to %s on %s %s', async (permission, method, path, body) => {
    const options = path === '/inbound/mail' ? AS_MAIL : {};

    const answer = await people[role].send(method, filled(path), body, options);

    if (ROLE_PERMISSIONS[role].has(permission)) expect([200, 201, 404]).toContain(answer.status);
    else {
      expect(answer.status).toBe(403);
      expect(answer.body.error).toMatchObject({ code: 'auth.forbidden', details: { permission } });
    }
  });
});

describe('without a credential', () => {
  it.each(guarded)('%s: %s %s is not answered', async (_, method, path, body) => {
    const options = path === '/inbound/mail' ? AS_MAIL : {};

    const answer = await as(null).send(method, filled(path), body, options);

    expect(answer.status).toBe(401);
    expect(answer.body.error.code).toBe('auth.unauthenticated');
  });
});

it('a refused write has written nothing', async () => {
  const before = await acme.events();

  await people.viewer.post('/tickets', newTicket());
  await people.viewer.patch('/tickets/:ticket', { subject: 'Not by me' });
  await people.viewer.put(`/tickets/${ticket.id}/closure`);

  expect(await acme.events()).toEqual(before);
});

it('a key is held to its scopes and to nothing of its maker', async () => {
  const key = await acme.apiKey(['tickets:read']);

  expect((await key.get('/tickets')).status).toBe(200);
  expect((await key.post('/tickets', newTicket())).status).toBe(403);
  expect((await key.get('/users')).status).toBe(403);
  const me = await key.get('/me');
  expect(me.body.data).toEqual({
    user: null,
    email: null,
    hasPassword: false,
    secondFactor: null,
    organization: acme.organization,
    plan: { isSold: false, access: 'full', hasSeat: true },
    features: ['mcp', 'presence'],
    permissions: ['tickets:read'],
  });
});

it('a role that changes is held to at once', async () => {
  const agent = await acme.user('agent');
  expect((await agent.post('/tickets', newTicket())).status).toBe(201);

  await changeRole(agent.user.id, 'viewer');

  await expect(statusSoon(() => agent.post('/tickets', newTicket()), 403)).resolves.toBe(403);
});

async function changeRole(id: string, role: Role): Promise<void> {
  const text = 'update memberships set role = $2 where id = $1';
  await asOwner(await workerDatabase(), (client) => client.query(text, [id, role]));
}

async function statusSoon(ask: () => Promise<{ status: number }>, wanted: number): Promise<number> {
  const look = async () => ((await ask()).status === wanted ? wanted : undefined);
  return eventually(`the answer is ${wanted}`, look, TOLD_SOON);
}
