import { EndedSecrets } from '../../../apps/api/src/modules/integrations/ended-secrets.service.js';
import { runInContext } from '#core/context/context.js';
import { expectStatus } from '../../support/as.js';
import { useApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { settled } from '../../support/jobs.js';
import { keyMadeBy } from './keys.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('leavers') });
const { given } = running;

it.each<[string, 'delete' | 'put', string]>([
  ['is removed', 'delete', ''],
  ['is deactivated', 'put', '/deactivation'],
])(
  'when somebody %s, the trail names every key whose secret ended with them, once',
  async (_, method, path) => {
    const acme = await given.organization();
    const admin = await acme.user('admin');
    const theirs = await keyMadeBy(running, admin, { name: 'Theirs', scopes: ['tickets:read'] });
    const ours = await keyMadeBy(running, acme.owner, { name: 'Ours', scopes: ['tickets:read'] });
    const rotated = expectStatus(await admin.post(`/api-keys/${ours.key.id}/rotation`, {}), 201);
    const secrets = running.get(EndedSecrets);

    expectStatus(await acme.owner[method](`/users/${admin.user.id}${path}`), 200);
    const statuses = [theirs.token, ours.token, rotated.body.data.secret as string].map(
      async (token) => (await running.as(token).get('/tickets')).status,
    );
    expect(await Promise.all(statuses)).toEqual([401, 200, 401]);
    await settled(running);
    // A second delivery of the job.
    const context = { requestId: 'again', organizationId: acme.id };
    await runInContext(context, () => secrets.tellOf(admin.user.id));

    const told = (await acme.events()).filter(({ type }) => type === 'api_key.secret_ended');
    expect(told.map(({ data }) => [data.name, data.because]).toSorted()).toEqual([
      ['Ours', 'holder_left'],
      ['Theirs', 'holder_left'],
    ]);
    expect(told.map(({ actor }) => actor.type)).toEqual(['system', 'system']);
    expect(JSON.stringify(told)).not.toContain(theirs.token);
  },
);
