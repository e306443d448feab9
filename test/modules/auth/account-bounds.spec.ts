import { useApp } from '../../support/app.js';
import { addressOf, PASSWORD } from '../../support/given.js';
import { noticesTo } from '../../support/notices.js';
import { BELIEVE_ADDRESSES, Visitor } from '../../support/visitor.js';

const running = await useApp({ settings: BELIEVE_ADDRESSES });
const { given } = running;

describe('changes of address that somebody asks for', () => {
  it('are held back: an account is no way to mail many strangers', async () => {
    const { owner } = await given.organization();
    const visitor = new Visitor(running);
    const ask = () =>
      visitor.post('/me/email-changes', { email: addressOf('x'), password: PASSWORD }, owner.token);
    for (let nth = 0; nth < 30; nth += 1) expect((await ask()).status).toBe(202);

    const answer = await ask();

    expect([answer.status, answer.body.error.code]).toEqual([429, 'auth.throttled']);
  });

  it('lead nowhere when the password was changed before their mail went out', async () => {
    const { owner } = await given.organization();
    const email = addressOf('thief');
    expect((await owner.post('/me/email-changes', { email, password: PASSWORD })).status).toBe(202);
    const newPassword = 'violet-umbrella-quarry-12';
    const changed = await owner.put('/me/password', { currentPassword: PASSWORD, newPassword });
    expect(changed.status).toBe(200);

    expect(await noticesTo(running, email)).toEqual([]);
  });
});

describe('a name of several lines', () => {
  const name = 'Ada\r\nBcc: everybody@desk.example';

  it.each([
    ['patch', '/me', { name }],
    ['post', '/organizations', { name }],
    ['post', '/auth/registrations', { name, organizationName: 'A', email: addressOf('q') }],
    ['post', '/auth/registrations', { name: 'A', organizationName: name, email: addressOf('q') }],
    ['post', '/api-keys', { name, scopes: ['tickets:read'] }],
    ['post', '/me/passkeys', { name, response: {} }],
  ] as const)('is none: %s %s', async (method, path, body) => {
    const { owner } = await given.organization();

    const answer = await owner[method](path, body);

    expect([answer.status, answer.body.error.code]).toEqual([400, 'validation.failed']);
  });
});

describe('an address with what no address has', () => {
  it.each([
    '"a\r\nBcc: everybody@desk.example"@desk.example',
    '"a b"@desk.example',
    '"a"@desk.example',
    'a\u200b@desk.example',
    'a@desk.example\u202e',
  ])('is none: %j', async (email) => {
    const acme = await given.organization();
    const key = await acme.apiKey(['directory:write'], { name: 'Directory' });

    const answers = await Promise.all([
      acme.owner.post('/auth/registrations', { name: 'A', organizationName: 'A', email }),
      acme.owner.post('/auth/password-resets', { email }),
      acme.owner.post('/me/email-changes', { email, password: PASSWORD }),
      acme.owner.post('/invitations', { email, role: 'viewer' }),
      key.post('/scim/v2/Users', { userName: email }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
  });
});
