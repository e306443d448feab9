import { StaffMembers } from '#modules/admin/staff-members.service.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';
import { AuthenticatorApp } from '../../support/factors.js';
import { givenStaff } from '../../support/staff.js';

const running = await useApp();
const nobody = running.as(null);

async function begun(email: string, password: string) {
  return (await nobody.post('/admin/session', { email, password })).body.data;
}

describe('the staff', () => {
  it('sign in by password and app, and are let in by nothing less', async () => {
    const email = 'first@staff.example';
    const made = await running
      .get(StaffMembers)
      .create({ email, name: 'Fay First', role: 'support' });
    const wrong = await nobody.post('/admin/session', { email, password: 'not their password' });
    expect([wrong.status, wrong.body.error.code]).toEqual([401, 'staff.invalid_credentials']);

    const { challenge, setup } = await begun(email, made.password);
    const phone = new AuthenticatorApp(running, setup.secret);
    expect((await running.as(challenge).get('/admin/me')).status).toBe(404);
    const mistyped = await nobody.post('/admin/session/code', { challenge, code: phone.wrong() });
    expect([mistyped.status, mistyped.body.error.code]).toEqual([401, 'staff.code_wrong']);

    const code = phone.code();
    const answer = await nobody.post('/admin/session/code', { challenge, code });
    expect(answer.status).toBe(201);
    const me = await running.as(answer.body.data.accessToken).get('/admin/me');
    expect(me.body.data).toMatchObject({ email, role: 'support', hasSecondFactor: true });
    const again = await nobody.post('/admin/session/code', { challenge, code });
    expect([again.status, again.body.error.code]).toEqual([401, 'staff.code_wrong']);
    expect((await begun(email, made.password)).setup).toBeNull();
  });

  it('keep their secret in a cookie that goes to their sign-in alone', async () => {
    const sam = await givenStaff(running, 'support');
    const headers = { cookie: sam.cookie, 'x-manydesk-csrf': '1' };
    const renewed = await nobody.post('/admin/session/refresh', undefined, { headers });
    expect(renewed.status).toBe(200);
    expect((await running.as(renewed.body.data.accessToken).get('/admin/me')).status).toBe(200);
    const bare = { headers: { cookie: sam.cookie } };
    const forged = await nobody.post('/admin/session/refresh', undefined, bare);
    expect(forged.body.error.code).toBe('staff.csrf_header_missing');
    const tenants = await nobody.post('/auth/sessions/refresh', undefined, { headers });
    expect(tenants.body.error.code).toBe('auth.session_ended');
  });

  it('are out when the session is left alone, when it ends, and when they are no longer of the staff', async () => {
    const operator = await givenStaff(running, 'operator');
    const sam = await givenStaff(running, 'support');
    await operator.delete(`/admin/staff/${sam.staff.id}`);
    expect((await sam.get('/admin/me')).status).toBe(404);
    expect((await operator.delete('/admin/session')).status).toBe(200);
    expect((await operator.get('/admin/me')).status).toBe(404);

    const left = await givenStaff(running, 'support');
    running.clock.advance(31 * 60_000);
    const headers = { cookie: left.cookie, 'x-manydesk-csrf': '1' };
    const late = await nobody.post('/admin/session/refresh', undefined, { headers });
    expect(late.body.error.code).toBe('staff.session_ended');
  });

  it('are held back when they guess', async () => {
    const sam = await givenStaff(running, 'support');
    const { email } = sam.staff;
    for (let n = 0; n < 5; n += 1)
      await nobody.post('/admin/session', { email, password: `wrong ${n}` });
    const held = await nobody.post('/admin/session', { email, password: sam.password });
    expect([held.status, held.body.error.code]).toEqual([429, 'auth.throttled']);
  });

  it('change their password, which ends their other sessions', async () => {
    const sam = await givenStaff(running, 'support');
    const other = await sam.again();
    const wanted = 'four words that differ';
    const body = { currentPassword: sam.password, newPassword: wanted };
    expect((await sam.put('/admin/me/password', body)).status).toBe(200);
    expect((await other.get('/admin/me')).status).toBe(404);
    expect((await sam.get('/admin/me')).status).toBe(200);
    const wrong = await sam.put('/admin/me/password', body);
    expect(wrong.body.error.code).toBe('staff.password_wrong');
  });

  it('are reset by the command line: a new password, and an app to be set up anew', async () => {
    const sam = await givenStaff(running, 'support');
    const password = await running.get(StaffMembers).reset(sam.staff.email);
    expect((await sam.get('/admin/me')).status).toBe(404);
    expect((await begun(sam.staff.email, password!)).setup).not.toBeNull();
    expect(await running.get(StaffMembers).reset('nobody@staff.example')).toBeNull();
  });

  it('leave a line of what they did that nobody can change', async () => {
    const operator = await givenStaff(running, 'operator', 'Opal Operator');
    const made = await operator.post('/admin/staff', {
      email: 'new@staff.example',
      name: 'Nora New',
      role: 'billing',
    });
    expect([made.status, made.body.data.password.length > 20]).toEqual([201, true]);
    const twice = await operator.post('/admin/staff', {
      email: 'NEW@staff.example',
      name: 'Nora New',
      role: 'billing',
    });
    expect([twice.status, twice.body.error.code]).toEqual([409, 'staff.exists']);
    const acts = (await operator.get('/admin/acts?limit=1')).body;
    expect(acts.data[0]).toMatchObject({
      type: 'staff.created',
      staffId: operator.staff.id,
      staffName: 'Opal Operator',
      data: { role: 'billing', staffId: made.body.data.staff.id },
    });
    await asOwner(running.database, async (client) => {
      for (const change of ["update staff_acts set type = 'x'", 'delete from staff_acts']) {
        await client.query('begin');
        await client.query('set local role manydesk_admin');
        await expect(client.query(change)).rejects.toThrow(
          'permission denied for table staff_acts',
        );
        await client.query('rollback');
      }
    });
  });

  it('keep an operator, who alone makes others', async () => {
    const { rows } = await asOwner(running.database, (client) =>
      client.query(
        "update staff_members set ended_at = now() where role = 'operator' and ended_at is null returning id",
      ),
    );
    expect(rows.length).toBeGreaterThan(0);
    const last = await givenStaff(running, 'operator');
    const refused = await last.delete(`/admin/staff/${last.staff.id}`);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'staff.last_operator']);
    const absent = await last.delete('/admin/staff/not-an-id');
    expect([absent.status, absent.body.error.code]).toEqual([404, 'staff.not_found']);
  });
});
