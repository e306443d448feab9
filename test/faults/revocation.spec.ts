import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type RunningApp } from '../support/app.js';
import { databaseOfItsOwn } from '../support/database.js';
import { Door } from '../support/door.js';
import { PASSWORD, type GivenOrganization } from '../support/given.js';
import { eventually } from '../support/jobs.js';

/** Milliseconds in which whatever was taken away must be gone, on every process. */
const AT_ONCE = 1_000;

/** Whose credential is to end, and how that is asked for at the first process. */
interface Case {
  token: string;
  end(): Promise<unknown>;
  /** How the credential is answered then. */
  status: 401 | 403;
}

type Prepare = (desk: GivenOrganization) => Promise<Case>;

/** Two processes of the API, which share nothing but the database. */
describe('what is taken away from somebody', () => {
  let running: RunningApp;
  let doors: Door[] = [];

  beforeAll(async () => {
    const database = await databaseOfItsOwn('revocation');
    running = await startApp({ database });
    doors = await Promise.all([1, 2].map(() => Door.api(database)));
  }, 120_000);

  afterAll(async () => {
    await Promise.all(doors.map((door) => door.close()));
    await running?.close();
  });

  async function call(
    door: Door,
    token: string | null,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; data: any }> {
    const headers = {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const answer = await fetch(`${door.url}/api/v1${path}`, {
      ...{ method, headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { data } = (await answer.json()) as { data?: unknown };
    return { status: answer.status, data };
  }

  /** Asks the first process, and fails when it refuses. */
  async function ask(token: string, method: string, path: string, body?: unknown): Promise<any> {
    const { status, data } = await call(doors[0]!, token, method, path, body);
    expect({ method, path, isDone: status < 300 }).toEqual({ method, path, isDone: true });
    return data;
  }

  /** Opens the stream of events; `hasEnded` once the server has closed it. */
  async function openStream(door: Door, token: string): Promise<{ hasEnded: () => boolean }> {
    const answer = await fetch(`${door.url}/api/v1/events/stream`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    let hasEnded = false;
    const read = async (): Promise<void> => {
      for await (const _ of answer.body!);
    };
    void read()
      .catch(() => undefined)
      .finally(() => (hasEnded = true));
    return { hasEnded: () => hasEnded };
  }

  /** A role of `desk` that may read tickets and events, and somebody who has it. */
  async function holder(desk: GivenOrganization): Promise<{ roleId: string; token: string }> {
    const owner = desk.owner.token!;
    const permissions = ['tickets:read', 'events:read'];
    const { id: roleId } = await ask(owner, 'POST', '/roles', { name: 'Reader', permissions });
    const person = await desk.user('viewer');
    await ask(owner, 'PATCH', `/users/${person.user.id}`, { role: roleId });
    return { roleId, token: person.token! };
  }

  /** A second session of the same person, opened with their password. */
  async function secondSession(email: string): Promise<string> {
    const credentials = { email, password: PASSWORD };
    const { status, data } = await call(doors[0]!, null, 'POST', '/auth/sessions', credentials);
    expect(status).toBe(201);
    return data.accessToken;
  }

  const cases: [string, Prepare][] = [
    [
      'by removal',
      async (desk) => {
        const { token, user } = await desk.user('agent');
        const end = () => ask(desk.owner.token!, 'DELETE', `/users/${user.id}`);
        return { token: token!, end, status: 401 };
      },
    ],
    [
      'by deactivation',
      async (desk) => {
        const { token, user } = await desk.user('agent');
        const end = () => ask(desk.owner.token!, 'PUT', `/users/${user.id}/deactivation`);
        return { token: token!, end, status: 401 };
      },
    ],
    [
      'by another role',
      async (desk) => {
        const owner = desk.owner.token!;
        const { token, user } = await desk.user('agent');
        const body = { name: 'Nothing much', permissions: ['organization:read'] };
        const { id: role } = await ask(owner, 'POST', '/roles', body);
        const end = () => ask(owner, 'PATCH', `/users/${user.id}`, { role });
        return { token: token!, end, status: 403 };
      },
    ],
    [
      'by a change of their role',
      async (desk) => {
        const { roleId, token } = await holder(desk);
        const permissions = ['organization:read'];
        const end = () => ask(desk.owner.token!, 'PATCH', `/roles/${roleId}`, { permissions });
        return { token, end, status: 403 };
      },
    ],
    [
      'by a change of the password, in another session',
      async (desk) => {
        const { token, user } = await desk.user('agent');
        const second = await secondSession(user.email);
        const body = { currentPassword: PASSWORD, newPassword: 'quarry-lantern-violet-77' };
        const end = () => ask(second, 'PUT', '/me/password', body);
        return { token: token!, end, status: 401 };
      },
    ],
    [
      'by ending the session from another one',
      async (desk) => {
        const { token, user } = await desk.user('agent');
        const second = await secondSession(user.email);
        const sessions = await ask(second, 'GET', '/auth/sessions');
        const first = sessions.find(({ current }: { current: boolean }) => !current);
        const end = () => ask(second, 'DELETE', `/auth/sessions/${first.id}`);
        return { token: token!, end, status: 401 };
      },
    ],
    [
      'by revoking their API key',
      async (desk) => {
        const { token, key } = await desk.apiKey(['tickets:read', 'events:read']);
        const end = () => ask(desk.owner.token!, 'DELETE', `/api-keys/${key.id}`);
        return { token: token!, end, status: 401 };
      },
    ],
    [
      'with the person who was shown the secret of the API key',
      async (desk) => {
        const admin = await desk.user('admin');
        const body = { name: 'Mine', scopes: ['tickets:read', 'events:read'] };
        const { secret } = await ask(admin.token!, 'POST', '/api-keys', body);
        const end = () => ask(desk.owner.token!, 'DELETE', `/users/${admin.user.id}`);
        return { token: secret, end, status: 401 };
      },
    ],
    [
      'by the deletion of the organization',
      async (desk) => {
        const { token } = await desk.apiKey(['tickets:read', 'events:read']);
        const { slug } = desk.organization;
        const end = () => ask(desk.owner.token!, 'PUT', '/organization/deletion', { slug });
        return { token: token!, end, status: 403 };
      },
    ],
  ];

  it.each(cases)(
    'is gone on every process within a second, open streams included: %s',
    async (_, prepare) => {
      const desk = await running.given.organization();
      const { token, end, status } = await prepare(desk);
      // Both have looked it up, and trust what they know from here on.
      for (const door of doors)
        expect((await call(door, token, 'GET', '/tickets')).status).toBe(200);
      const streams = await Promise.all(doors.map((door) => openStream(door, token)));
      expect(streams.map(({ hasEnded }) => hasEnded())).toEqual([false, false]);

      await end();

      await eventually(
        `it is answered ${status} by both, and both streams have ended`,
        async () => {
          const answers = await Promise.all(
            doors.map((door) => call(door, token, 'GET', '/tickets')),
          );
          const isRefused = answers.every((answer) => answer.status === status);
          return isRefused && streams.every(({ hasEnded }) => hasEnded());
        },
        AT_ONCE,
      );
    },
    60_000,
  );
});
