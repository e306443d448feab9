import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { addressOf } from '../../support/given.js';
import { invitationFrom, NEWCOMER } from '../../support/invitations.js';
import { Integration } from '../../support/given.js';

const running = await useApp();
const { given, clock } = running;
/** More than what has to be between two mails. */
const A_MOMENT = 61_000;

afterEach(() => clock.reset());

describe('an invitation that somebody sent by a key', () => {
  it('is good no longer when they have left', async () => {
    const acme = await given.organization();
    const leaver = await acme.user('admin');
    const body = { name: 'Way back', scopes: ['users:write', 'users:read', 'tickets:read'] };
    const { secret, ...key } = expectStatus(await leaver.post('/api-keys', body), 201).body.data;
    const program = new Integration(running, secret, key);
    const { data: role } = expectStatus(
      await acme.owner.post('/roles', { name: 'R', permissions: ['users:write', 'users:read'] }),
      201,
    ).body;
    const { token } = await invitationFrom(running, program, { role: role.id });

    expect((await acme.owner.delete(`/users/${leaver.user.id}`)).status).toBe(200);

    const answer = await running.as(null).post(`/auth/invitations/${token}/acceptance`, NEWCOMER);
    expect(answer.status).toBe(409);
    expect(answer.body.error.code).toBe('invitation.no_longer_covered');
  });
});

describe('mails to one address', () => {
  it('are ten in a day at most, however they are asked for', async () => {
    const { owner } = await given.organization();
    const email = addressOf('stranger');
    let id = '';
    let sent = 0;
    for (let nth = 0; nth < 14; nth += 1) {
      clock.advance(A_MOMENT);
      const path = nth % 3 === 0 ? '/invitations' : `/invitations/${id}/resend`;
      if (nth % 3 === 0 && id !== '') await owner.delete(`/invitations/${id}`);
      const { status, body } = await owner.post(path, { email, role: 'viewer' });
      if (status < 300) sent += 1;
      if (status === 201) id = body.data.id;
    }
    expect(sent).toBe(10);
  });
});
