import { SystemDb } from '#core/database/system-db.js';
import { newId } from '#core/context/ids.js';
import { IdentitiesService } from '#modules/users/identities.service.js';
import { giveableRole, PeopleService } from '#modules/users/people.service.js';
import { startApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { eventually, settled } from '../../support/jobs.js';

const running = await startApp({
  worker: true,
  database: await databaseOfItsOwn('invitation_removal'),
});
afterAll(() => running.close());

describe('the open invitations of somebody who comes another way', () => {
  it('are revoked', async () => {
    const acme = await running.given.organization();
    const globex = await running.given.organization('Globex');
    const { email, name } = (await globex.user('agent')).user;
    const { id } = (await acme.owner.post('/invitations', { email, role: 'agent' })).body.data;

    await running.get(SystemDb).transactionIn(acme.id, async (tx) => {
      const identity = await running.get(IdentitiesService).known(tx, email);
      const role = await giveableRole(tx, 'viewer');
      const member = { identityId: identity!.id, name, role };
      await running.get(PeopleService).admit(tx, acme.id, member);
    });

    await eventually('it is revoked', async () => {
      const { body } = await acme.owner.get('/invitations?status=revoked');
      return body.data.some((row: { id: string }) => row.id === id);
    });
    const told = (await acme.events()).filter(({ subject }) => subject.id === id);
    expect(told.at(-1)).toMatchObject({
      type: 'invitation.revoked',
      data: { because: 'person_joined' },
    });
  });
});

describe('the open invitations of somebody who is removed', () => {
  it('are revoked, once, and in no other organization', async () => {
    const acme = await running.given.organization();
    const globex = await running.given.organization('Globex');
    const agent = await acme.user('agent');
    const { email } = agent.user;
    await settled(running);
    const invited = async (desk: typeof acme): Promise<string> => {
      // Somebody who came another way while their invitation was open: no route leaves them so.
      const id = newId();
      const now = new Date();
      await running.get(SystemDb).client.invitation.create({
        data: {
          ...{ organizationId: desk.id, id, email, role: 'agent' },
          ...{ createdAt: now, sentAt: now, expiresAt: new Date(now.getTime() + 86_400_000) },
        },
      });
      return id;
    };
    const [own, other] = [await invited(acme), await invited(globex)];

    await acme.owner.delete(`/users/${agent.user.id}`);

    await eventually('it is revoked', async () => {
      const { body } = await acme.owner.get('/invitations?status=revoked');
      return body.data.some(({ id }: { id: string }) => id === own);
    });
    await settled(running);
    expect((await globex.owner.get('/invitations')).body.data[0].id).toBe(other);
    const told = (await acme.events()).filter(({ subject }) => subject.id === own);
    expect(told).toMatchObject([
      {
        type: 'invitation.revoked',
        actor: { type: 'system' },
        data: { because: 'person_removed' },
      },
    ]);
  });
});
