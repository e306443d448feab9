import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';

const running = await useApp();

describe('a passkey that answers what is nearly the question', () => {
  it.each(['\u0000', '=', ' ', '\ud800'])('is refused: %j behind it', async (tail) => {
    const asked = await running.as(null).post('/auth/passkeys/options', {});
    const { challenge } = expectStatus(asked, 200).body.data.options;
    const data = {
      type: 'webauthn.get',
      challenge: challenge + tail,
      origin: 'http://desk.example',
    };
    const clientDataJSON = Buffer.from(JSON.stringify(data)).toString('base64url');
    const response = { clientDataJSON, authenticatorData: 'AA', signature: 'AA' };

    const answer = await running.as(null).post('/auth/sessions/passkey', {
      response: { id: 'AA', rawId: 'AA', type: 'public-key', response },
    });

    expect([answer.status, answer.body.error.code]).toEqual([401, 'auth.passkey_refused']);
  });
});
