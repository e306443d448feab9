import { useApp } from '../../support/app.js';
import { HostileProvider } from '../../support/hostile-provider.js';
import { FixedDns, givenConnection, LOOPBACK_ALLOWED } from '../../support/sso.js';

const running = await useApp({ settings: LOOPBACK_ALLOWED });
const dns = new FixedDns(running);
const provider = await HostileProvider.start();
afterAll(() => provider.close());

describe('where a provider says that its people sign in', () => {
  it.each(['javascript:alert(document.cookie)//', 'data:text/html,hi', undefined, 'nothing', 7])(
    'is a page and not %j',
    async (authorization_endpoint) => {
      const acme = await running.given.organization();
      const { domain } = await givenConnection(acme, dns, provider);
      provider.metadata = { authorization_endpoint };

      const answer = await running.as(null).post('/auth/sso', { email: `ada@${domain}` });

      expect([answer.status, answer.body.error?.code]).toEqual([503, 'sso.provider_unavailable']);
    },
  );
});
