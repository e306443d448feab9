import { redact } from '#core/logging/redaction.js';
import { workerDatabase } from '../../support/database.js';
import { Door } from '../../support/door.js';
import { addressOf } from '../../support/given.js';
import { eventually } from '../../support/jobs.js';
import { mail } from '../../support/mail.js';
import { mailedToken } from '../../support/mailed-link.js';

/** The real program, its real log, and in everything that a client can send a word that must not come out there. */
const door = await Door.api(await workerDatabase(), { LOG_LEVEL: 'trace' });
afterAll(() => door.close());

const CANARY = 'canary5f1e';
const call = async (
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: any; cookie: string }> => {
  const response = await fetch(`${door.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'x-request-id': 'logged-request', ...headers },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { status: response.status, body: await response.json(), cookie };
};
const lines = (): Record<string, any>[] =>
  door.output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

it('no secret, no mail and no word of a message reaches the log', async () => {
  const password = `${CANARY} password`;
  const email = addressOf('log');
  await call('POST', '/auth/registrations', {
    body: { organizationName: 'Acme', name: 'Olga', email },
  });
  const link = await mailedToken(door.dataDir, email);
  const registered = await call('POST', `/auth/registrations/${link}/completion`, {
    body: { password },
  });
  expect(registered.status).toBe(201);
  const { accessToken, user } = registered.body.data;
  const headers = { authorization: `Bearer ${accessToken}`, cookie: registered.cookie };
  const scopes = ['tickets:read', 'tickets:write', 'mail:write'];
  const key = await call('POST', '/api-keys', { headers, body: { name: 'Key', scopes } });
  const { secret } = key.body.data;
  const withKey = { authorization: `Bearer ${secret}` };
  const ticket = await call('POST', '/tickets', {
    headers,
    body: {
      subject: `Subject ${CANARY}`,
      body: `Body ${CANARY}`,
      requester: { email: `${CANARY}@customer.example`, name: `Name ${CANARY}` },
    },
  });
  const path = `/tickets/${ticket.body.data.id}/messages`;
  await call('POST', path, { headers, body: { kind: 'reply', body: `Reply ${CANARY}` } });
  await call('POST', '/inbound/mail', {
    headers: { ...withKey, 'content-type': 'message/rfc822' },
    body: mail({ Subject: `Mail ${CANARY}`, 'X-Secret': CANARY }, `Mail body ${CANARY}`),
  });
  // What goes wrong is logged with more words than what goes well.
  await call('POST', '/auth/sessions', {
    body: { email: user.email, password: `${CANARY} wrong` },
  });
  await call('GET', '/me', { headers: { authorization: `Bearer ${CANARY}.${CANARY}.${CANARY}` } });
  await call('GET', `/tickets?subject=${CANARY}&cursor=${CANARY}`, { headers });
  await call('POST', '/tickets', { headers, body: { subject: 7, body: CANARY, extra: CANARY } });
  await call('POST', '/tickets', { headers, body: `{"subject":"${CANARY}` });
  await call('POST', '/auth/sessions/refresh', {
    headers: { cookie: `${registered.cookie}${CANARY}`, 'x-manydesk-csrf': '1' },
  });
  await call('DELETE', '/auth/sessions/current', { headers });

  await eventually('the last access line', () =>
    lines().some(({ route }) => route === '/api/v1/auth/sessions/current'),
  );
  const cookieValue = registered.cookie.split('=')[1]!;
  await eventually('the mail is sent', () => lines().some(({ event }) => event === 'job.done'));
  for (const word of [CANARY, password, accessToken, secret, link, cookieValue]) {
    expect(door.output).not.toContain(word);
  }
});

it('every line says what happened, and those of a request whose it was', () => {
  const handled = lines().filter(({ event }) => event === 'request.handled');

  expect(handled.length).toBeGreaterThan(10);
  for (const line of lines()) expect(line.event ?? line.msg).toMatch(/^[a-z_]+\.[a-z_]+$/);
  for (const line of handled) {
    expect(line).toMatchObject({ requestId: 'logged-request', method: expect.any(String) });
    expect(line.route).not.toMatch(/[\da-f]{8}-[\da-f]{4}/);
  }
  const ofPeople = handled.filter(({ actorType }) => actorType === 'user');
  expect(ofPeople.length).toBeGreaterThan(5);
  for (const line of ofPeople) expect(line.organizationId).toEqual(expect.any(String));
});

describe('redaction', () => {
  it('goes by name at any depth, and by looks in any text', () => {
    const error = Object.assign(new Error(`key md_live_${'a1B2'.repeat(10)} refused`), {
      detail: { Authorization: 'Bearer x', 'set-cookie': ['a=b'] },
    });

    const clean = JSON.stringify(
      redact({
        error,
        list: [{ password: 'p' }, 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln'],
        url: 'postgres://app:hunter2@db.example/desk',
        raw: Buffer.from('mail'),
        bytes: { here: Buffer.from('mail') },
        kept: 'ticket.assigned',
      }),
    );

    for (const secret of ['md_live', 'Bearer x', 'a=b', '"p"', 'eyJ', 'hunter2', 'mail']) {
      expect(clean).not.toContain(secret);
    }
    expect(clean).toContain('ticket.assigned');
    expect(clean).toContain('[4 bytes]');
  });

  it('survives what refers to itself', () => {
    const loop: Record<string, unknown> = { name: 'x' };
    loop.self = loop;

    expect(() => JSON.stringify(redact(loop))).not.toThrow();
  });
});
