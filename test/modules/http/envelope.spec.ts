import { useApp } from '../../support/app.js';

const { given, as } = await useApp();
const acme = await given.organization();
const ABSENT = '01900000-0000-7000-8000-000000000000';
const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('the request id', () => {
  it('is taken from the client when it is sane', async () => {
    for (const id of ['abcdefgh', 'A-request_1.2', 'x'.repeat(128)]) {
      const answer = await acme.owner.get('/me', { headers: { 'x-request-id': id } });
      expect(answer.headers['x-request-id']).toBe(id);
    }
  });

  it.each([
    'short',
    'x'.repeat(129),
    'with space',
    'semi;colon',
    'a\tb-long-enough',
    '<script>xxxxx',
  ])('is a new one when the client sends %p', async (id) => {
    const answer = await acme.owner.get('/me', { headers: { 'x-request-id': id } });

    expect(answer.headers['x-request-id']).toMatch(UUID_V7);
  });

  it('is another one for each request', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => acme.owner.get('/me')));

    expect(new Set(answers.map(({ headers }) => headers['x-request-id'])).size).toBe(10);
  });

  it('is on errors too, in the head and in the body', async () => {
    const headers = { 'x-request-id': 'error-request-id' };
    const answers = [
      await as(null).get('/me', { headers }),
      await acme.owner.get(`/tickets/${ABSENT}`, { headers }),
      await acme.owner.get('/nothing', { headers }),
      await acme.owner.post('/tickets', '{', { headers }),
      await acme.owner.post('/tickets', 'x'.repeat(2_000_000), { headers }),
      await acme.owner.get('/tickets?limit=x', { headers }),
    ];

    for (const { status, body, headers: told } of answers) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(told['x-request-id']).toBe('error-request-id');
      expect(body.error.requestId).toBe('error-request-id');
    }
  });

  it('is in the events of the request', async () => {
    const ticket = await acme.ticket();
    await acme.owner.put(`/tickets/${ticket.id}/closure`, undefined, {
      headers: { 'x-request-id': 'closing-request' },
    });

    expect((await acme.events()).at(-1)).toMatchObject({
      type: 'ticket.closed',
      requestId: 'closing-request',
    });
  });
});

describe('an error', () => {
  it.each([
    ['GET', '/me', null, 401, 'auth.unauthenticated'],
    ['GET', `/tickets/${ABSENT}`, 'owner', 404, 'ticket.not_found'],
    ['GET', `/users/${ABSENT}`, 'owner', 404, 'user.not_found'],
    ['DELETE', `/api-keys/${ABSENT}`, 'owner', 404, 'api_key.not_found'],
    ['GET', '/tickets?limit=x', 'owner', 400, 'validation.failed'],
    ['GET', '/nowhere', 'owner', 404, 'route.not_found'],
  ] as const)('%s %s is the envelope and nothing else', async (method, path, who, status, code) => {
    const answer = await (who === null ? as(null) : acme.owner).send(method, path);

    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(Object.keys(answer.body)).toEqual(['error']);
    const { details, ...error } = answer.body.error;
    expect(error).toEqual({
      code,
      message: expect.any(String),
      requestId: answer.headers['x-request-id'],
    });
    expect(details === undefined).toBe(code !== 'validation.failed');
    expect(answer.text).not.toMatch(/prisma|postgres|select |\.ts:|\.js:|node_modules|stack/i);
  });
});

describe('every answer', () => {
  it('forbids sniffing, framing and foreign scripts', async () => {
    const answer = await acme.owner.get('/me');

    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['x-powered-by']).toBeUndefined();
    expect(answer.headers['server']).toBeUndefined();
  });
});
