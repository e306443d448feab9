import { asOwner, workerDatabase } from '../../support/database.js';
import { eventually } from '../../support/jobs.js';
import { useApp } from '../../support/app.js';
import { addressOf, type GivenOrganization } from '../../support/given.js';

const running = await useApp();

/** Sends `late` while `first`, sent before it, is still waiting for the organization. */
async function oneAfterTheOther<T>(
  { id }: GivenOrganization,
  first: () => Promise<unknown>,
  late: () => Promise<T>,
): Promise<T> {
  return asOwner(await workerDatabase(), async (client) => {
    await client.query('begin');
    await client.query('select from organizations where id = $1 for update', [id]);
    const waiting = (count: number) =>
      eventually(`${count} wait`, async () => {
        // What is known of the connections is else read once in a transaction: one that is new would be missed.
        await client.query('select pg_stat_clear_snapshot()');
        const { rows } = await client.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity
           where wait_event_type = 'Lock' and datname = current_database()`,
        );
        return rows[0]!.n >= count;
      });
    const one = first();
    await waiting(1);
    const other = late();
    await waiting(2);
    await client.query('commit');
    await one;
    return other;
  });
}

describe('a change that waits while its maker loses the right to it', () => {
  it.each(['removed', 'demoted'] as const)('is refused when they are %s', async (how) => {
    const acme = await running.given.organization();
    const [admin, friend] = [await acme.user('admin'), await acme.user('viewer')];
    const path = `/users/${admin.user.id}`;
    const end = () =>
      how === 'removed' ? acme.owner.delete(path) : acme.owner.patch(path, { role: 'viewer' });

    const answer = await oneAfterTheOther(acme, end, () =>
      admin.patch(`/users/${friend.user.id}`, { role: 'admin' }),
    );

    expect(answer.status).toBe(403);
    const { body } = await acme.owner.get(`/users/${friend.user.id}`);
    expect(body.data.role).toBe('viewer');
  });

  it('invites nobody', async () => {
    const acme = await running.given.organization();
    const admin = await acme.user('admin');

    const answer = await oneAfterTheOther(
      acme,
      () => acme.owner.patch(`/users/${admin.user.id}`, { role: 'viewer' }),
      () => admin.post('/invitations', { email: addressOf('friend'), role: 'admin' }),
    );

    expect(answer.status).toBe(403);
  });

  it('widens no role', async () => {
    const acme = await running.given.organization();
    const admin = await acme.user('admin');
    const made = await acme.owner.post('/roles', { name: 'R', permissions: ['tickets:read'] });

    const answer = await oneAfterTheOther(
      acme,
      () => acme.owner.patch(`/users/${admin.user.id}`, { role: 'viewer' }),
      () =>
        admin.patch(`/roles/${made.body.data.id}`, { permissions: ['users:write', 'roles:write'] }),
    );

    expect(answer.status).toBe(403);
  });
});
