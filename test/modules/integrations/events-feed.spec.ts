import { createHash } from 'node:crypto';
import { canonicalJson } from '#core/ledger/canonical-json.js';
import type { EventDto } from '../../../apps/api/src/modules/integrations/dto/event.dto.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';

const { given, database } = await useApp();
const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('the feed of events', () => {
  it('tells everything of an event', async () => {
    const acme = await given.organization();
    const ticket = await acme.ticket();
    const answer = await acme.owner.patch(
      `/tickets/${ticket.id}`,
      { priority: 'high' },
      { headers: { 'x-request-id': 'a-request-of-a-test' } },
    );
    expect(answer.status).toBe(200);

    const { body } = await acme.owner.get('/events?after=4');

    expect(body).toEqual({
      data: [
        {
          id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7/),
          organizationId: acme.id,
          seq: 5,
          type: 'ticket.updated',
          occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          actor: { type: 'user', id: acme.owner.user.id },
          subject: { type: 'ticket', id: ticket.id },
          data: { number: 1 },
          changes: { priority: ['normal', 'high'] },
          requestId: 'a-request-of-a-test',
          causationId: null,
          operationId: null,
          depth: 0,
        },
      ],
      total: 1,
      totalIsExact: true,
      skip: 0,
      limit: 25,
      nextCursor: null,
      nextAfter: 5,
      hasMore: false,
    });
  });

  it('goes on where it is asked to, stretch by stretch', async () => {
    const acme = await given.organization();
    for (const _ of upTo(5)) await acme.ticket();

    const seen: number[] = [];
    let after = 0;
    for (let more = true; more;) {
      const { body } = await acme.owner.get(`/events?after=${after}&limit=3`);
      expect(body.total).toBe(8 - after);
      seen.push(...body.data.map(({ seq }: EventDto) => seq));
      [after, more] = [body.nextAfter, body.hasMore];
    }

    expect(seen).toEqual(upTo(8));
    const { body } = await acme.owner.get(`/events?after=${after}`);
    expect(body).toMatchObject({ data: [], nextAfter: 8, hasMore: false, total: 0 });
  });

  it('has no gap and shows none while others write', async () => {
    const acme = await given.organization();
    const reader = await acme.apiKey(['events:read', 'audit:read', 'notes:read']);
    const ticket = await acme.ticket();

    const writing = Promise.all(
      upTo(40).map((n) =>
        n % 4 === 0
          ? acme.owner.patch(`/tickets/${ticket.id}`, { subject: `Subject ${n}` })
          : n % 4 === 1
            ? acme.message(ticket.id, 'note')
            : acme.ticket(),
      ),
    );
    let done = false;
    void writing.finally(() => (done = true));
    const followed: EventDto[] = [];
    for (let last = false; !last;) {
      last = done;
      const { body } = await reader.get(`/events?after=${followed.at(-1)?.seq ?? 0}&limit=7`);
      followed.push(...body.data);
      last &&= !body.hasMore;
    }
    await writing;

    const all = await acme.wholeLog();
    expect(all.map(({ seq }) => seq)).toEqual(upTo(all.length));
    expect(followed.map(({ seq }) => seq)).toEqual(upTo(followed.length));
    expect(followed).toEqual(all.slice(0, followed.length));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('tells from where somebody came to those alone who may see the trail', async () => {
    const acme = await given.organization();
    await acme.apiKey(['tickets:read']);
    const places = async (reader: { get: typeof acme.owner.get }): Promise<unknown[]> => {
      const { body } = await reader.get('/events?limit=1000');
      return body.data.map(({ data }: EventDto) => [data?.address, data?.userAgent]);
    };

    const viewer = await places(await acme.user('viewer'));
    const key = await places(await acme.apiKey(['events:read']));
    const trusted = await places(await acme.apiKey(['events:read', 'audit:read']));

    expect([...viewer, ...key].flat().filter((place) => place !== undefined)).toEqual([]);
    expect(trusted).toContainEqual(['127.0.0.1', 'lightMyRequest']);
  });

  it('shows nothing of another organization', async () => {
    const [acme, globex] = [await given.organization(), await given.organization('Globex')];
    await globex.ticket();

    const events = await acme.events();

    expect(events.map(({ organizationId }) => organizationId)).toEqual(Array(3).fill(acme.id));
    expect(JSON.stringify(events)).not.toContain(globex.id);
  });

  it.each([
    'after=-1',
    'after=x',
    'after=1.5',
    'after=99999999999999999999',
    'limit=0',
    'limit=1001',
    'skip=1',
    'cursor=x',
    'type=ticket.created',
  ])('refuses %s', async (query) => {
    const acme = await given.organization();

    const { status, body } = await acme.owner.get(`/events?${query}`);

    expect(status).toBe(400);
    expect(body.error.details[0].field).toBe(query.split('=')[0]);
  });

  it('answers a place beyond its end with nothing', async () => {
    const acme = await given.organization();

    const { status, body } = await acme.owner.get(`/events?after=${Number.MAX_SAFE_INTEGER}`);

    expect(status).toBe(200);
    expect(body.data).toEqual([]);
    expect(body.total).toBe(0);
  });
});

describe('the chain of hashes', () => {
  it('can be recomputed by anybody from the rows', async () => {
    const acme = await given.organization();
    const agent = await acme.user('agent', 'Zoë 🐙 "Agent"');
    await Promise.all(upTo(10).map((n) => acme.ticket({ subject: `№ ${n} – \\ "ü" 𝒳 \u2028` })));
    const ticket = await acme.ticket({ assigneeId: agent.user.id, tags: ['ä', 'a'] });
    await agent.patch(`/tickets/${ticket.id}`, { subject: 'Changed', tags: [] });
    await acme.apiKey(['tickets:read'], { expiresAt: '2999-01-01T00:00:00.000Z' });

    const { rows } = await asOwner(database, (client) =>
      client.query('select * from ledger_events where organization_id = $1 order by seq', [
        acme.id,
      ]),
    );
    const head = await asOwner(database, (client) =>
      client.query('select seq, hash from ledger_heads where organization_id = $1', [acme.id]),
    );

    expect(rows.length).toBeGreaterThan(15);
    let before = Buffer.alloc(32);
    for (const row of rows) {
      const payload = canonicalJson({ changes: row.changes, data: row.data });
      const header = [
        row.organization_id,
        row.seq,
        row.id,
        row.type,
        row.occurred_at.toISOString(),
        row.actor_type,
        row.actor_id ?? '',
        row.on_behalf_of ?? '',
        row.subject_type,
        row.subject_id,
        row.request_id ?? '',
        row.causation_id ?? '',
        row.operation_id ?? '',
        row.depth,
      ].join('|');
      expect(row.data_hash).toEqual(sha256(Buffer.from(payload)));
      expect(row.prev_hash).toEqual(before);
      expect(row.hash).toEqual(sha256(before, row.data_hash, Buffer.from(header)));
      before = row.hash;
    }
    expect(head.rows[0]).toEqual({ seq: `${rows.length}`, hash: before });
  });

  it('cannot be changed or cut by the roles of the product', async () => {
    const acme = await given.organization();

    for (const url of [database.appUrl, database.systemUrl]) {
      for (const text of [
        "update ledger_events set type = 'x'",
        'delete from ledger_events',
        'truncate ledger_events',
      ]) {
        const attempt = asOwner({ ...database, ownerUrl: url }, async (client) => {
          await client.query("select set_config('app.organization_id', $1, false)", [acme.id]);
          return client.query(text);
        });
        await expect(attempt).rejects.toMatchObject({ code: '42501' });
      }
    }
  });
});
