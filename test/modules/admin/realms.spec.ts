import { AccessCheck } from '#core/tenancy/access-check.js';
import { STAFF_ROLE_PERMISSIONS, STAFF_ROLES } from '#core/tenancy/staff-permissions.js';
import { startApp, useApp } from '../../support/app.js';
import type { Answer, Client, Method } from '../../support/as.js';
import { PERMISSION_NAMES } from '#core/tenancy/permissions.js';
import { givenStaff } from '../../support/staff.js';

const running = await useApp();
const given = await running.given.organization();
const ABSENT = '01a1feaa-63b1-7742-8d15-01d6cb3dffa2';

const routes = running
  .get(AccessCheck)
  .routes()
  .filter(({ path }) => path.startsWith('/api/v1/admin'))
  .map(({ method, path, access }) => ({
    name: `${method} ${path}`,
    method: method as Method,
    url: path.replace(/:\w+/g, ABSENT),
    access,
  }));
const guarded = routes.filter(({ access }) => access.kind === 'staff');

/** What of an answer a stranger could tell one route from another by. */
function face({ status, body, headers }: Answer) {
  const { 'x-request-id': _, date: __, 'content-length': ___, ...rest } = headers;
  const { requestId: ____, ...error } = body.error;
  const names = Object.keys(rest).toSorted();
  return { status, error, names };
}

function ask(client: Client, { method, url }: { method: Method; url: string }): Promise<Answer> {
  return client.send(method, url, method === 'GET' || method === 'DELETE' ? undefined : {});
}

describe('the two realms', () => {
  it('have routes of the staff, all of which say what they demand', () => {
    expect(guarded.length).toBeGreaterThan(5);
    expect(routes.every(({ access }) => access.kind.startsWith('staff'))).toBe(true);
  });

  it('do not know each other: to every tenant the staff’s routes are not there', async () => {
    const admin = await given.user('admin');
    const key = await given.apiKey(
      [...PERMISSION_NAMES].filter((name) => name !== 'organization:own'),
    );
    for (const client of [given.owner, admin, key, running.as(null), running.as('nonsense')])
      for (const route of guarded) {
        const answer = await ask(client, route);
        const unknown = await ask(client, { ...route, url: '/api/v1/administer/nothing' });
        expect([route.name, face(answer)]).toEqual([route.name, face(unknown)]);
        expect(answer.body.error.code).toBe('route.not_found');
      }
  });

  it('do not take each other’s tokens', async () => {
    const sam = await givenStaff(running, 'operator');
    for (const path of ['/me', '/tickets', '/organization', '/users', '/auth/sessions']) {
      const answer = await sam.get(path);
      expect([path, answer.status, answer.body.error.code]).toEqual([
        path,
        401,
        'auth.unauthenticated',
      ]);
    }
  });

  it.each(STAFF_ROLES)('let %s do what the role carries and say 403 to the rest', async (role) => {
    const sam = await givenStaff(running, role);
    for (const route of guarded) {
      if (route.access.kind !== 'staff' || route.name === 'DELETE /api/v1/admin/session') continue;
      const { status, body } = await ask(sam, route);
      const { permission } = route.access;
      if (STAFF_ROLE_PERMISSIONS[role].has(permission))
        expect([route.name, body.error?.code]).not.toEqual([route.name, 'staff.forbidden']);
      else
        expect([route.name, status, body.error.details]).toEqual([route.name, 403, { permission }]);
    }
  });

  it('are seen from the addresses of the staff alone', async () => {
    const far = await startApp({ settings: { ADMIN_ALLOWED_NETWORKS: '203.0.113.0/24' } });
    try {
      const sam = await givenStaff(running, 'operator');
      for (const route of routes) {
        const answer = await ask(far.as(sam.token), route);
        expect([route.name, answer.status, answer.body.error.code]).toEqual([
          route.name,
          404,
          'route.not_found',
        ]);
      }
    } finally {
      await far.close();
    }
  });

  it('leave the staff no door when the deployment gives them no login', async () => {
    const shut = await startApp({ settings: { DATABASE_ADMIN_URL: '' } });
    try {
      const body = { email: 'a@staff.example', password: 'whatever it was' };
      expect((await shut.as(null).post('/admin/session', body)).status).toBe(404);
    } finally {
      await shut.close();
    }
  });
});
