import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import type { GivenOrganization, Person } from '../../support/given.js';
import { mailsTo, notificationJobsRun, told } from '../../support/notifications.js';

const running = await useApp({ database: await databaseOfItsOwn('unsubscriptions') });
const acme = await running.given.organization('Acme Support');
const anybody = running.as(null);
/** What a mail program sends (RFC 8058). */
const FORM = { headers: { 'content-type': 'application/x-www-form-urlencoded' } };
const ONE_CLICK = 'List-Unsubscribe=One-Click';

async function assigned(person: Person, desk: GivenOrganization = acme): Promise<void> {
  const { id } = await desk.ticket();
  await desk.owner.put(`/tickets/${id}/assignment`, { assigneeId: person.user.id });
  await notificationJobsRun(running, desk);
}

/** The token of the link in the newest mail to `person`. */
async function tokenOf(person: Person): Promise<string> {
  const { text } = (await mailsTo(running, person)).at(-1)!;
  return /\/unsubscribe\?token=([\w-]+)/.exec(text)![1]!;
}

const choiceOf = async (person: Person, reason: string): Promise<any> =>
  (await person.get('/me/notification-preferences')).body.data.reasons.find(
    (each: { reason: string }) => each.reason === reason,
  );

describe('the link of a mail', () => {
  it('ends the mails of its reason with one click, and nothing else', async () => {
    const bob = await acme.user('agent');
    await assigned(bob);
    const path = `/unsubscriptions/${await tokenOf(bob)}`;

    const ended = expectStatus(await anybody.post(path, ONE_CLICK, FORM), 200).body.data;

    expect(ended).toEqual({ organization: 'Acme Support', reasons: ['assigned'] });
    expect(await choiceOf(bob, 'assigned')).toMatchObject({ inApp: true, mail: 'off' });
    expect(await choiceOf(bob, 'mentioned')).toMatchObject({ inApp: true, mail: 'at_once' });
    await assigned(bob);
    expect([(await told(bob)).total, (await mailsTo(running, bob)).length]).toEqual([2, 1]);
    expectStatus(await anybody.post(path), 200);
  });

  it('ends nothing when it is only opened: scanners open everything', async () => {
    const bob = await acme.user('agent');
    await assigned(bob);
    const token = await tokenOf(bob);

    const opened = await anybody.get(`/unsubscriptions/${token}`);

    expect([opened.status, opened.headers.location]).toEqual([302, `/unsubscribe?token=${token}`]);
    expect(await choiceOf(bob, 'assigned')).toMatchObject({ mail: 'at_once' });
  });

  it('is good for whom it was made, and for nobody when it was changed', async () => {
    const bob = await acme.user('agent');
    const globex = await running.given.organization('Globex');
    await assigned(bob);
    const token = await tokenOf(bob);
    const bytes = Buffer.from(token, 'base64url');
    const forged = [32, 40, 60].map((place) => {
      const changed = Buffer.from(bytes);
      changed[place]! ^= 1;
      return changed.toString('base64url');
    });

    for (const wrong of [...forged, 'x', `${token}A`, token.slice(0, -2)]) {
      const { status, body } = await anybody.post(`/unsubscriptions/${wrong}`);
      expect([wrong, status, body.error.code]).toEqual([wrong, 404, 'notification.link_invalid']);
    }
    expect(await choiceOf(bob, 'assigned')).toMatchObject({ mail: 'at_once' });
    expectStatus(await globex.owner.post(`/unsubscriptions/${token}`), 200);
    expect(await choiceOf(globex.owner, 'assigned')).toMatchObject({ mail: 'at_once' });
    expect(await choiceOf(bob, 'assigned')).toMatchObject({ mail: 'off' });
  });

  it('of somebody who left is dead', async () => {
    const bob = await acme.user('agent');
    await assigned(bob);
    const token = await tokenOf(bob);
    expectStatus(await acme.owner.delete(`/users/${bob.user.id}`), 200);

    expect((await anybody.post(`/unsubscriptions/${token}`)).status).toBe(404);
  });
});
