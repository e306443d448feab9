import { useApp } from '../../support/app.js';

const { given } = await useApp();
const acme = await given.organization();
const { owner } = acme;
const ticket = await acme.ticket({ subject: 'Timeless' });

/** What ISO 8601, JavaScript or a glance takes for a time, and the database does not. */
const ODD = [
  '0000-01-01T00:00:00.000Z',
  '2026-02-30T00:00:00.000Z',
  '9999-12-31T23:59:59-23:59',
  '2026-01-01T00:00:00+23:00',
  '2026-W01',
  '2026-01',
  '2026-01-01T00',
];
const cursor = (key: string) => Buffer.from(`${key}|${ticket.id}`).toString('base64url');

describe('a time that the database cannot keep', () => {
  it.each(ODD)('%s is refused as a filter, a change and a part of a search', async (time) => {
    const at = encodeURIComponent(time);
    const answers = [
      await owner.get(`/tickets?updatedSince=${at}`),
      await owner.get(`/search?q=before:${at}`),
      await owner.put(`/tickets/${ticket.id}/snooze`, { until: time }),
      await owner.post('/bulk-operations', {
        ticketIds: [ticket.id],
        change: { snoozedUntil: time },
      }),
    ];
    expect(answers.map(({ status, body }) => [status, body.error?.code])).toEqual(
      answers.map(() => [400, 'validation.failed']),
    );
  });

  it.each(['/tickets', '/operations', '/customers', '/me/drafts', '/search?q=tag:x'])(
    'is no place in the list %s',
    async (path) => {
      for (const time of ODD.slice(0, 2)) {
        const asked = `${path}${path.includes('?') ? '&' : '?'}cursor=${cursor(time)}`;
        expect((await owner.get(asked)).status).toBe(400);
      }
    },
  );

  it('is no place in a list by priority', async () => {
    const asked = `/tickets?sort=priority&cursor=${cursor('1:999999999999999')}`;
    expect((await owner.get(asked)).status).toBe(400);
  });

  it('leaves those alone that it can', async () => {
    for (const time of ['2026-01-31', '2026-01-31T09:00Z', '2026-01-31T09:00:00.123456+05:30']) {
      const { status } = await owner.get(`/tickets?updatedSince=${encodeURIComponent(time)}`);
      expect([time, status]).toEqual([time, 200]);
    }
    const until = '2099-01-31T09:00:00+02:00';
    expect((await owner.put(`/tickets/${ticket.id}/snooze`, { until })).status).toBe(200);
  });
});
