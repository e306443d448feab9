import { useApp } from '../../support/app.js';
import { runInContext } from '#core/context/context.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { eventually, settled } from '../../support/jobs.js';
import { TicketRelease } from '../../../apps/api/src/modules/tickets/ticket-release.service.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('release') });
const { given } = running;
const acme = await given.organization();
const globex = await given.organization('Globex');

describe('the tickets of somebody who left', () => {
  it.each(['removal', 'deactivation'])(
    'are nobody’s after a %s, the closed ones excepted',
    async (end) => {
      const agent = await acme.user('agent');
      const other = await acme.user('agent');
      const open = await acme.ticket({ assigneeId: agent.user.id });
      const closed = await acme.ticket({ assigneeId: agent.user.id });
      await acme.owner.put(`/tickets/${closed.id}/closure`);
      const others = await acme.ticket({ assigneeId: other.user.id });
      const theirs = await globex.ticket({ assigneeId: globex.owner.user.id });

      const path = `/users/${agent.user.id}`;
      await (end === 'removal' ? acme.owner.delete(path) : acme.owner.put(`${path}/deactivation`));
      await settled(running);

      const assigneeOf = async (id: string, of = acme): Promise<unknown> =>
        (await of.owner.get(`/tickets/${id}`)).body.data.assignee?.id ?? null;
      await eventually('it is released', async () => (await assigneeOf(open.id)) === null);
      expect(await assigneeOf(closed.id)).toBe(agent.user.id);
      expect(await assigneeOf(others.id)).toBe(other.user.id);
      expect(await assigneeOf(theirs.id, globex)).toBe(globex.owner.user.id);
      const told = (await acme.events()).filter(({ type }) => type === 'ticket.unassigned');
      expect(told.at(-1)).toMatchObject({
        subject: { type: 'ticket', id: open.id },
        actor: { type: 'system' },
        changes: { assigneeId: [agent.user.id, null] },
      });
    },
  );

  it('are released once, however often it is asked for, and in batches', async () => {
    const desk = await given.organization();
    const agent = await desk.user('agent');
    const first = await desk.ticket({ assigneeId: agent.user.id });
    for (let i = 0; i < 230; i += 1)
      await desk.ticket({ assigneeId: agent.user.id, subject: `No. ${i}` });
    await desk.owner.put(`/users/${agent.user.id}/deactivation`);
    await settled(running);
    const release = (): Promise<void> =>
      runInContext({ requestId: 'test', organizationId: desk.id }, () =>
        running.get(TicketRelease).releaseOf(agent.user.id),
      );

    await release();
    await release();

    const told = (await desk.events()).filter(({ type }) => type === 'ticket.unassigned');
    expect(told).toHaveLength(231);
    expect(new Set(told.map(({ subject }) => subject.id)).size).toBe(231);
    expect(told[0].subject.id).toBe(first.id);
  });

  it('are left to somebody who was let in again before', async () => {
    const agent = await acme.user('agent');
    const { id } = await acme.ticket({ assigneeId: agent.user.id });

    await runInContext({ requestId: 'test', organizationId: acme.id }, () =>
      running.get(TicketRelease).releaseOf(agent.user.id),
    );

    expect((await acme.owner.get(`/tickets/${id}`)).body.data.assignee.id).toBe(agent.user.id);
  });

  it('are not given to them again', async () => {
    const gone = await acme.user('agent');
    const shut = await acme.user('agent');
    const { id } = await acme.ticket();
    await acme.owner.delete(`/users/${gone.user.id}`);
    await acme.owner.put(`/users/${shut.user.id}/deactivation`);

    for (const assigneeId of [gone.user.id, shut.user.id, globex.owner.user.id]) {
      const assigned = await acme.owner.put(`/tickets/${id}/assignment`, { assigneeId });
      const made = await acme.owner.post('/tickets', {
        subject: 'For nobody',
        body: 'Hm.',
        requester: { email: 'rita@customer.example' },
        assigneeId,
      });
      for (const answer of [assigned, made]) {
        expect(answer.status).toBe(404);
        expect(answer.body.error.code).toBe('user.not_found');
      }
    }
  });
});
