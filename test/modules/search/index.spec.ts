import type { FoundTicketDto } from '#modules/search/dto/found-ticket.dto.js';
import { SearchIndex } from '../../../apps/api/src/modules/search/search-index.service.js';
import { SearchRebuild } from '../../../apps/api/src/modules/search/search-rebuild.service.js';
import { runInContext } from '#core/context/context.js';
import { useApp } from '../../support/app.js';
import type { Client } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { settled } from '../../support/jobs.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('search_index') });
const { given, database } = running;
const acme = await given.organization();
const { owner } = acme;

const found = async (q: string, client: Client = owner): Promise<string[]> => {
  const { status, body, text } = await client.get(`/search?q=${encodeURIComponent(q)}`);
  if (status !== 200) throw new Error(text);
  return body.data.map(({ ticket }: FoundTicketDto) => ticket.subject);
};
const rowsOf = (ticketId: string): Promise<{ reader: string; seq: string; words: string }[]> =>
  asOwner(database, async (client) => {
    const { rows } = await client.query(
      'select reader, seq, words::text from search_tickets where ticket_id = $1 order by reader',
      [ticketId],
    );
    return rows;
  });

describe('the index of words', () => {
  it('follows what is changed, said, noted and merged', async () => {
    const lamp = await acme.ticket({ subject: 'Lamp flickers', body: 'Since moonday.' });
    const bulb = await acme.ticket({ subject: 'Bulb broke', body: 'With a bangword.' });
    await owner.patch(`/tickets/${lamp.id}`, { subject: 'Lantern flickers', tags: ['glimmer'] });
    await acme.message(lamp.id, 'reply', 'Have you tried the switchboard?');
    await settled(running);

    expect(await found('lamp moonday')).toEqual([]);
    expect(await found('lantern moonday')).toEqual(['Lantern flickers']);
    expect(await found('glimmer switchboard')).toEqual(['Lantern flickers']);

    const merge = await owner.post(`/tickets/${lamp.id}/merges`, { ticketIds: [bulb.id] });
    expect(merge.status).toBe(201);
    await settled(running);
    expect(await found('lantern bangword')).toEqual(['Lantern flickers']);
  });

  it('keeps one row of a ticket without notes, and two of one with notes', async () => {
    const ticket = await acme.ticket({ subject: 'Two rows' });
    await settled(running);
    expect((await rowsOf(ticket.id)).map(({ reader }) => reader)).toEqual(['all']);
    await acme.message(ticket.id, 'note', 'Hushword.');
    await settled(running);

    const [outside, team] = await rowsOf(ticket.id);
    expect([outside!.reader, team!.reader]).toEqual(['outside', 'team']);
    expect(outside!.words).not.toContain('hushword');
    expect(team!.words).toContain('hushword');
  });

  it('is the same however often and in whatever order it is written', async () => {
    const ticket = await acme.ticket({ subject: 'Idempotent' });
    await settled(running);
    const before = await rowsOf(ticket.id);
    const index = running.get(SearchIndex);
    const again = (seq: number): Promise<void> =>
      runInContext({ requestId: 'index-spec', organizationId: acme.id }, () =>
        index.followTicket(ticket.id, seq),
      );
    for (const seq of [1, 1_000_000, 1_000_000]) await again(seq);

    const after = await rowsOf(ticket.id);
    expect(after.map(({ words }) => words)).toEqual(before.map(({ words }) => words));
    await asOwner(database, (client) =>
      client.query("update search_tickets set seq = 1000000, words = '' where ticket_id = $1", [
        ticket.id,
      ]),
    );
    // An older look, which a slow worker writes late.
    await again(1_000_001);
    expect((await rowsOf(ticket.id))[0]!.words).toBe('');
  });

  it('takes in what is longer than an index keeps', async () => {
    const words = Array.from({ length: 28_000 }, (_, n) => `w${(n * 7919).toString(36)}ü`);
    const ticket = await acme.ticket({
      subject: 'Endless',
      body: words.join(' ').slice(0, 199_000),
    });
    for (let part = 1; part < 4; part += 1)
      await acme.message(
        ticket.id,
        'reply',
        words
          .map((word) => `${word}${part}`)
          .join(' ')
          .slice(0, 199_000),
      );
    await settled(running);

    expect(await found('endless')).toEqual(['Endless']);
  });

  it('reads each organization in its language', async () => {
    const german = await given.organization('Haus');
    const arabic = await given.organization('Bayt');
    // The API speaks fewer languages than the index reads.
    await asOwner(database, (client) =>
      client.query("update organizations set locale = 'de' where id = $1", [german.id]),
    );
    expect((await arabic.owner.patch('/organization', { locale: 'ar' })).status).toBe(200);
    await german.ticket({
      subject: 'Rechnungen',
      body: 'Die Häuser sind zu groß für Straßenschuhe.',
    });
    await arabic.ticket({ subject: 'الطابعات', body: 'المستخدمون لا يستطيعون الطباعة' });
    await settled(running);

    for (const q of ['rechnung', 'haus', 'Häusern', 'große', 'straßenschuh', 'rechnugnen'])
      expect([q, await found(q, german.owner)]).toEqual([q, ['Rechnungen']]);
    expect(await found('die', german.owner)).toEqual([]);
    for (const q of ['طابعات', 'الطابعات', 'المستخدمين'])
      expect([q, await found(q, arabic.owner)]).toEqual([q, ['الطابعات']]);
    const { body } = await arabic.owner.get(`/search?q=${encodeURIComponent('طابعات')}`);
    expect(body.data[0].matches[0].snippet).toContainEqual({ text: 'الطابعات', hit: true });
  });

  it('is read anew when the language changes, and rebuilt on demand', async () => {
    const moved = await given.organization('Moved');
    await moved.ticket({ subject: 'الطابعات' });
    await settled(running);
    expect(await found('للطابعة', moved.owner)).toEqual([]);
    expect((await moved.owner.patch('/organization', { locale: 'ar' })).status).toBe(200);
    await settled(running);
    expect(await found('للطابعة', moved.owner)).toEqual(['الطابعات']);

    await asOwner(database, (client) =>
      client.query('delete from search_tickets where organization_id = $1', [moved.id]),
    );
    expect(await found('الطابعات', moved.owner)).toEqual([]);
    const rebuild = running.get(SearchRebuild);
    const asOperator = (slug: string): Promise<number | null> =>
      runInContext({ requestId: 'index-spec' }, () => rebuild.rebuild(slug));
    expect(await asOperator(moved.organization.slug)).toBe(1);
    expect(await asOperator('no-such-organization')).toBe(null);
    expect(await found('الطابعات', moved.owner)).toEqual(['الطابعات']);
  });

  it('follows a customer who is renamed or gets another address', async () => {
    const ticket = await acme.ticket({
      subject: 'Of somebody',
      requester: { email: 'old.name@customer.example', name: 'Old Nameson' },
    });
    const customer = `/customers/${ticket.requester.id}`;
    expect((await owner.patch(customer, { name: 'Newly Wedded' })).status).toBe(200);
    expect(
      (await owner.post(`${customer}/addresses`, { email: 'zweit@other.example' })).status,
    ).toBe(201);
    await settled(running);

    expect(await found('wedded')).toEqual(['Of somebody']);
    expect(await found('nameson')).toEqual([]);
    expect(await found('zweit@other.example')).toEqual(['Of somebody']);
  });
});
