import { useApp } from '../../support/app.js';
import { Model } from './model.js';

const running = await useApp({ listen: true, settings: { EVENT_FEED_DAYS: '1' } });
const { given, clock } = running;
const DAY = 24 * 60 * 60 * 1000;

describe('the log that a model reads', () => {
  it('goes back no further than the feed', async () => {
    const acme = await given.organization();
    await acme.ticket({ subject: 'Long ago' });
    const key = await acme.apiKey(['events:read', 'tickets:read']);
    const before = (await acme.events()).at(-1).seq;
    clock.advance(2 * DAY);
    const model = await Model.connect(running, key.token!);
    const gone = await model.call('list_events', { after: 0 });
    expect(gone.result.error.code).toBe('events.gone');
    expect(gone.result.error.details.oldestAvailable).toBeGreaterThan(before);
    expect((await model.call('list_events')).said).not.toContain('Long ago');
  });
});
