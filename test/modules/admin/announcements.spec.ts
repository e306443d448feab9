import { useApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { givenStaff } from '../../support/staff.js';

const running = await useApp({ database: await databaseOfItsOwn('staff_announcements') });
const support = await givenStaff(running, 'support');
const operator = await givenStaff(running, 'operator', 'Opal Operator');
const desk = await running.given.organization();
const other = await running.given.organization();
const ABSENT = '01a1feaa-63b1-7742-8d15-01d6cb3dffa2';
const NEWS = { tone: 'warning', title: 'Maintenance', text: 'The desk rests on Sunday at nine.' };
const HOUR = 3_600_000;

const later = (hours: number): string =>
  new Date(running.clock.now().getTime() + hours * HOUR).toISOString();
const told = async (by = desk) =>
  (await by.owner.get('/announcements')).body.data.map(({ title }: any) => title);

describe('announcements', () => {
  it('are told to the people of every organization until they are taken back', async () => {
    expect((await support.post('/admin/announcements', NEWS)).status).toBe(403);
    const arabic = { title: 'صيانة', text: 'يتوقف المكتب يوم الأحد.' };
    const made = await operator.post('/admin/announcements', { ...NEWS, arabic });
    expect(made.status).toBe(201);
    expect(made.body.data).toMatchObject({
      ...NEWS,
      arabic,
      staffName: 'Opal Operator',
      endsAt: null,
    });
    const { status, body, text } = await desk.owner.get('/announcements');
    expect([status, body.data]).toEqual([200, [expect.objectContaining({ ...NEWS, arabic })]]);
    expect(text).not.toContain('Opal');
    expect(await told(other)).toEqual(['Maintenance']);
    expect((await running.as(null).get('/announcements')).status).toBe(401);
    const path = `/admin/announcements/${made.body.data.id}`;
    expect((await support.delete(path)).status).toBe(403);
    expect((await operator.delete(path)).status).toBe(200);
    expect((await operator.delete(path)).status).toBe(200);
    expect(await told()).toEqual([]);
    const acts = (await operator.get('/admin/acts?limit=2')).body.data;
    expect(acts.map(({ type }: any) => type)).toEqual([
      'announcement.withdrawn',
      'announcement.made',
    ]);
    const [shown] = (await support.get('/admin/announcements')).body.data;
    expect(shown.withdrawnAt).not.toBeNull();
    const absent = await operator.delete(`/admin/announcements/${ABSENT}`);
    expect([absent.status, absent.body.error.code]).toEqual([404, 'admin.announcement_not_found']);
  });

  it('begin and end by themselves', async () => {
    const times = { startsAt: later(1), endsAt: later(2) };
    await operator.post('/admin/announcements', { ...NEWS, title: 'Soon', ...times });
    expect(await told()).toEqual([]);
    running.clock.advance(HOUR);
    const late = await desk.user('owner');
    const now = async () =>
      (await late.get('/announcements')).body.data.map(({ title }: any) => title);
    expect(await now()).toEqual(['Soon']);
    running.clock.advance(HOUR);
    const later2 = await desk.user('owner');
    expect((await later2.get('/announcements')).body.data).toEqual([]);
  });

  it('are refused when they make no sense', async () => {
    const fresh = await operator.again();
    for (const wrong of [
      { startsAt: later(2), endsAt: later(1) },
      { endsAt: 'tomorrow' },
      { tone: 'shout' },
      { title: '' },
      { title: 'two\nlines' },
      { text: 'x'.repeat(2001) },
      { arabic: { title: 'only' } },
      { arabic: null },
    ]) {
      const { status, body } = await fresh.post('/admin/announcements', { ...NEWS, ...wrong });
      expect([wrong, status, body.error?.code]).toEqual([wrong, 400, 'validation.failed']);
    }
  });
});
