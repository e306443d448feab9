import { connect } from 'node:net';
import { useApp } from '../../support/app.js';
import type { Answer } from '../../support/as.js';
import { newTicket } from '../../support/given.js';

const running = await useApp({ listen: true });
const { given, as } = running;
const acme = await given.organization();
const ticket = await acme.ticket();

function expectRefusal({ status, body, headers }: Answer, wanted: number, code: string): void {
  expect(status).toBe(wanted);
  expect(body).toEqual({
    error: {
      code,
      message: expect.stringMatching(/\.$/),
      requestId: headers['x-request-id'],
      ...(body.error.details === undefined ? {} : { details: expect.anything() }),
    },
  });
}

describe('a body', () => {
  it.each([
    ['text/plain', 'hello'],
    ['application/x-www-form-urlencoded', 'subject=x'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/xml', '<x/>'],
    ['application/jsonx', '{}'],
    ['', '{}'],
    ['nonsense', '{}'],
  ])('of the type %p is refused as unsupported', async (type, body) => {
    const answer = await acme.owner.post('/tickets', body, { headers: { 'content-type': type } });

    expectRefusal(answer, 415, 'payload.unsupported_type');
  });

  it('of mail is refused where JSON belongs, and JSON where mail belongs', async () => {
    const mail = await acme.owner.post('/tickets', 'Subject: x\r\n\r\nx', {
      headers: { 'content-type': 'message/rfc822' },
    });
    const json = await acme.owner.post('/inbound/mail', { subject: 'x' });

    for (const answer of [mail, json]) expect([400, 415]).toContain(answer.status);
  });

  it('with a charset is JSON all the same', async () => {
    const answer = await acme.owner.post('/tickets', JSON.stringify(newTicket()), {
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });

    expect(answer.status).toBe(201);
  });

  it('that is too large is refused, and its size is read before its words', async () => {
    const body = JSON.stringify(newTicket({ body: 'x'.repeat(1024 * 1024) }));

    expectRefusal(await acme.owner.post('/tickets', body), 413, 'payload.too_large');
    expectRefusal(await as(null).post('/auth/registrations', body), 413, 'payload.too_large');
  });
});

describe('a path', () => {
  it.each([
    `/tickets/${ticket.id}%00`,
    '/tickets/%00',
    '/tickets?subject=%00',
    '/tickets?subject=a%00b',
    '/tickets?%00=1',
    '/tickets/%E0%A4%A',
    '/tickets/%FF',
    '/tickets?subject=%FF',
    '/tickets?subject=%',
    '/tickets?limit=5&limit=6',
    '/tickets?limit[]=5',
    '/tickets?subject[$ne]=x',
    '/tickets?__proto__[role]=owner',
    '/tickets?constructor=x',
    '/tickets?status=open;drop',
    '/events?after=9007199254740993',
    '/users/..%2f..%2fapi-keys',
    '/tickets/../users',
    '/tickets//',
    `/tickets/${'x'.repeat(400)}`,
    `/tickets/${'x'.repeat(600)}`,
    `/tickets?subject=${'x'.repeat(5_000)}`,
  ])('%s is a client’s mistake or nothing at all', async (path) => {
    const answer = await acme.owner.get(path);

    expect(answer.status).toBeLessThan(500);
    if (answer.status >= 400) {
      expect([400, 404, 414]).toContain(answer.status);
      expect(answer.body.error.code).toMatch(/^[a-z_]+\.[a-z_]+$/);
    }
  });

  it.each(['/nothing', '/ticket', '/tickets/x/y/z', '/api/v2/tickets'])(
    '%s that leads nowhere says so',
    async (path) => {
      expectRefusal(await acme.owner.get(path), 404, 'route.not_found');
    },
  );

  it('with an id in capitals is the same ticket', async () => {
    const answer = await acme.owner.get(`/tickets/${ticket.id.toUpperCase()}`);

    expect(answer.body.data).toEqual(ticket);
  });
});

describe('a method', () => {
  it('HEAD is GET without the body', async () => {
    const head = await acme.owner.send('HEAD', `/tickets/${ticket.id}`);

    expect([200, 404]).toContain(head.status);
    expect(head.text).toBe('');
  });

  it.each(['OPTIONS', 'PUT', 'DELETE'] as const)(
    '%s where there is none is not found',
    async (method) => {
      const answer = await acme.owner.send(method, '/tickets');

      expect([404, 405]).toContain(answer.status);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it('of another site gets no leave: no CORS header on any answer', async () => {
    const answer = await acme.owner.get('/tickets', {
      headers: { origin: 'https://evil.example' },
    });

    const allowed = Object.keys(answer.headers).filter((name) => name.startsWith('access-control'));
    expect(allowed).toEqual([]);
  });

  it.each(['PATCH', 'POST'] as const)('cannot be smuggled in by a header (%s)', async (method) => {
    const answer = await acme.owner.get(`/tickets/${ticket.id}`, {
      headers: { 'x-http-method-override': method, 'x-method-override': method },
    });

    expect(answer.body.data).toEqual(ticket);
  });
});

describe('an Authorization header', () => {
  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'bearer\tx',
    `Bearer ${'x'.repeat(5_000)}`,
    'Bearer \u00ff',
    'Token x',
    'Basic eDp5',
    'Bearer undefined',
    'Bearer null',
    'Bearer md_live_',
    'Bearer ..',
  ])('%p is no credential', async (authorization) => {
    const answer = await as(null).get('/me', { headers: { authorization } });

    expectRefusal(answer, 401, 'auth.unauthenticated');
  });
});

describe('on the wire', () => {
  const { port } = new URL(running.url);
  const wire = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      let heard = '';
      socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')));
      socket.on('data', (chunk) => (heard += String(chunk)));
      socket.on('close', () => resolve(heard));
      socket.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(heard) : reject(error),
      );
    });
  const head = 'Host: x\r\nConnection: close\r\n';

  it.each([
    [
      'headers beyond measure',
      `GET /api/v1/me HTTP/1.1\r\n${head}X: ${'x'.repeat(40_000)}\r\n\r\n`,
      431,
    ],
    ['a URL beyond measure', `GET /${'x'.repeat(40_000)} HTTP/1.1\r\n${head}\r\n`, 431],
    ['no HTTP at all', 'HELLO\r\n\r\n', 400],
    [
      'two lengths',
      `POST /api/v1/tickets HTTP/1.1\r\n${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      400,
    ],
    [
      'a length and chunks',
      `POST /api/v1/tickets HTTP/1.1\r\n${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    [
      'a length that is none',
      `POST /api/v1/tickets HTTP/1.1\r\n${head}Content-Length: -1\r\n\r\n`,
      400,
    ],
    ['a NUL in a header', `GET /api/v1/me HTTP/1.1\r\n${head}X: a\0b\r\n\r\n`, 400],
    ['a raw NUL in the path', `GET /api/v1/\0 HTTP/1.1\r\n${head}\r\n`, 400],
  ])('%s is refused', async (_, text, status) => {
    expect(await wire(text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it('a body that is shorter than promised hurts nobody else', async () => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${acme.owner.token}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"subject":',
    );
    await new Promise((resolve) => socket.once('connect', resolve));

    expect((await acme.owner.get('/tickets')).status).toBe(200);
    socket.destroy();
    expect((await acme.owner.get('/tickets')).body.total).toBe(2);
  });
});

it('after all this the application is as it was', async () => {
  const ready = await as(null).get('/health/ready');
  const events = await acme.wholeLog();

  expect(ready.status).toBe(200);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  expect((await acme.owner.get(`/tickets/${ticket.id}`)).body.data).toEqual(ticket);
});
