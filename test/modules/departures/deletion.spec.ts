import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { OrganizationErasure } from '../../../apps/api/src/modules/organizations/organization-erasure.service.js';
import { useApp } from '../../support/app.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { PASSWORD, type GivenOrganization } from '../../support/given.js';
import { invitationFrom, NEWCOMER } from '../../support/invitations.js';
import { lastNotice, noticesTo } from '../../support/notices.js';

const running = await useApp({ database: await databaseOfItsOwn('departures') });
const { given, database } = running;
const globex = await given.organization('Globex');
const DAY = 24 * 3_600_000;

afterEach(() => running.clock.reset());

/** Puts the end of the grace into the past: it is checked by the database's own clock. */
async function makeDue(desk: GivenOrganization): Promise<void> {
  await asOwner(database, (client) =>
    client.query(`update organizations set delete_after = now() - interval '1 s' where id = $1`, [
      desk.id,
    ]),
  );
}

/** How many rows of `desk` each table has that has an organization. */
async function rowsOf(client: pg.Client, desk: GivenOrganization): Promise<Record<string, number>> {
  const { rows } = await client.query<{ place: string }>(
    `select c.oid::regclass::text as place from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attname = 'organization_id'`,
  );
  const counts: Record<string, number> = {};
  for (const { place } of rows) {
    const found = await client.query<{ n: number }>(
      `select count(*)::int as n from ${place} where organization_id = $1`,
      [desk.id],
    );
    if (found.rows[0]!.n > 0) counts[place] = found.rows[0]!.n;
  }
  return counts;
}

describe('the deletion of an organization', () => {
  it('is scheduled for fourteen days hence, and every owner is told', async () => {
    const desk = await given.organization('Doomed Desk');
    const second = await desk.user('owner');
    const admin = await desk.user('admin');
    const { slug } = desk.organization;
    const program = await desk.apiKey(['tickets:read']);
    expect((await program.get('/tickets')).status).toBe(200);
    const { token } = await invitationFrom(running, desk.owner);

    const wrong = await desk.owner.put('/organization/deletion', { slug: 'something-else' });
    const low = await admin.put('/organization/deletion', { slug });
    const answer = await desk.owner.put('/organization/deletion', { slug });
    const again = await second.put('/organization/deletion', { slug });

    expect([wrong.status, low.status]).toEqual([400, 403]);
    expect(answer.status).toBe(200);
    const days = (Date.parse(answer.body.data.deleteAfter) - Date.now()) / DAY;
    expect(days).toBeCloseTo(14, 2);
    expect(again.body.data).toEqual(answer.body.data);
    for (const { user } of [desk.owner, second]) {
      const mails = await noticesTo(running, user.email);
      expect(mails.map(({ kind }) => kind)).toEqual(['organization_deletion']);
      expect(mails[0]!.text).toContain('Doomed Desk');
    }
    expect(await noticesTo(running, admin.user.email)).toEqual([]);
    expect((await program.get('/tickets')).body.error.code).toBe('organization.suspended');
    const joining = await running.as(null).post(`/auth/invitations/${token}/acceptance`, NEWCOMER);
    expect(joining.body.error.code).toBe('organization.suspended');
    const write = await desk.owner.post('/tickets', {});
    expect(write.body.error.code).toBe('organization.suspended');
    expect((await desk.owner.get('/tickets')).status).toBe(200);
    const told = (await desk.events()).filter(({ type }) => type.includes('deletion'));
    expect(told).toMatchObject([
      {
        type: 'organization.deletion_scheduled',
        changes: { deleteAfter: [null, answer.body.data.deleteAfter] },
      },
    ]);
  });

  it('is taken back by any owner, and the organization works again', async () => {
    const desk = await given.organization();
    const second = await desk.user('owner');
    const program = await desk.apiKey(['tickets:read']);
    await desk.owner.put('/organization/deletion', { slug: desk.organization.slug });

    const answer = await second.delete('/organization/deletion');
    const again = await second.delete('/organization/deletion');

    expect([answer.status, again.status]).toEqual([200, 200]);
    expect((await program.get('/tickets')).status).toBe(200);
    expect((await desk.owner.get('/organization')).body.data.deleteAfter).toBeNull();
    // The mail about the deletion had not gone out yet: it is not sent any more.
    const mails = await noticesTo(running, desk.owner.user.email);
    expect(mails.map(({ kind }) => kind)).toEqual(['organization_kept']);
    await running.get(OrganizationErasure).sweep();
    expect((await desk.owner.get('/tickets')).status).toBe(200);
  });

  it('is not carried out before its day, nor by who says it is due', async () => {
    const desk = await given.organization();
    await desk.owner.put('/organization/deletion', { slug: desk.organization.slug });
    running.clock.advance(15 * DAY);

    // The product's clock says so, the database's own does not.
    await running.get(OrganizationErasure).sweep();

    await asOwner(database, async (client) => {
      expect((await rowsOf(client, desk)).memberships).toBe(1);
      const direct = client.query('select organization_erase($1)', [globex.id]);
      await expect(direct).rejects.toMatchObject({ code: '55000' });
    });
    await expect(
      running
        .get(OrganizationErasure)
        .sweep()
        .then(() => 'quiet'),
    ).resolves.toBe('quiet');
  });

  it('leaves no row but its certificate, no file and nobody who is in no other organization', async () => {
    const desk = await given.organization('Short Lived');
    const agent = await desk.user('agent');
    const program = await desk.apiKey(['tickets:read', 'tickets:write']);
    await program.get('/tickets');
    const { id: ticketId } = await desk.ticket({ tags: ['vip'], assigneeId: agent.user.id });
    await desk.message(ticketId, 'reply');
    const role = { name: 'Temp', permissions: ['tickets:read'] };
    const { id: roleId } = (await desk.owner.post('/roles', role)).body.data;
    await invitationFrom(running, desk.owner, { role: roleId });
    const shared = await globex.user('agent', 'Shared Person');
    const { token } = await invitationFrom(running, desk.owner, { email: shared.user.email });
    await running.as(null).post(`/auth/invitations/${token}/acceptance`, { password: PASSWORD });
    const folder = join(running.dataDir, 'outbox', desk.id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'mail.eml'), 'x');
    await desk.owner.put('/organization/deletion', { slug: desk.organization.slug });
    await lastNotice(running, desk.owner.user.email, 'organization_deletion');
    const others = await asOwner(database, (client) => rowsOf(client, globex));
    await makeDue(desk);
    const late = await desk.owner.delete('/organization/deletion');
    expect(late.body.error.code).toBe('organization.deletion_has_begun');

    await Promise.all([1, 2].map(() => running.get(OrganizationErasure).sweep()));
    await running.get(OrganizationErasure).sweep();

    await asOwner(database, async (client) => {
      // That it was here, and that it is not any more.
      expect(await rowsOf(client, desk)).toEqual({ erasure_certificates: 1 });
      const left = await client.query('select id from organizations where id = $1', [desk.id]);
      expect(left.rows).toEqual([]);
      const people = await client.query('select email from identities where email = any ($1)', [
        [desk.owner.user.email, agent.user.email, shared.user.email],
      ]);
      expect(people.rows).toEqual([{ email: shared.user.email }]);
      expect(await rowsOf(client, globex)).toEqual(others);
    });
    expect(existsSync(folder)).toBe(false);
    expect((await desk.owner.get('/me')).status).toBe(401);
    expect((await program.get('/tickets')).status).toBe(401);
    expect((await shared.get('/tickets')).status).toBe(200);
  });

  it('is done in stretches when there is much', async () => {
    const desk = await given.organization();
    await desk.ticket();
    await desk.owner.put('/organization/deletion', { slug: desk.organization.slug });
    await makeDue(desk);

    await asOwner(database, async (client) => {
      const done: boolean[] = [];
      for (let i = 0; i < 50 && done.at(-1) !== true; i += 1) {
        const { rows } = await client.query('select * from organization_erase($1, 2)', [desk.id]);
        done.push(rows[0].is_done);
      }
      expect(done.length).toBeGreaterThan(3);
      expect(done.at(-1)).toBe(true);
      expect(await rowsOf(client, desk)).toEqual({ account_mails: 1, erasure_certificates: 1 });
    });
  });
});
