import type { EventDto } from '../../../apps/api/src/modules/integrations/dto/event.dto.js';
import { useApp } from '../../support/app.js';

const { given } = await useApp();
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
const typesOf = (events: EventDto[]): string[] => events.map(({ type }) => type);

describe('the feed of some types of events', () => {
  it('gives those alone and moves past the others', async () => {
    const acme = await given.organization();
    const ticket = await acme.ticket();
    await acme.owner.put(`/tickets/${ticket.id}/closure`);
    await acme.apiKey(['tickets:read']);

    const { body } = await acme.owner.get('/events?types=ticket.*');

    expect(typesOf(body.data)).toEqual(['ticket.created', 'ticket.closed']);
    expect(body).toMatchObject({ nextAfter: 6, hasMore: false, total: 2, totalIsExact: true });
    const rest = await acme.owner.get('/events?types=ticket.*&after=6');
    expect(rest.body).toMatchObject({ data: [], nextAfter: 6, hasMore: false, total: 0 });
  });

  it('takes types and groups of them together', async () => {
    const acme = await given.organization();
    const ticket = await acme.ticket();
    await acme.message(ticket.id, 'note');
    await acme.message(ticket.id, 'reply');
    await acme.apiKey(['tickets:read']);

    const { body } = await acme.owner.get('/events?types=api_key.*,ticket.replied');

    expect(typesOf(body.data)).toEqual(['ticket.replied', 'api_key.created']);
  });

  it('goes through a stretch by stretch without losing or doubling any', async () => {
    const acme = await given.organization();
    for (const n of upTo(6)) await (n % 2 === 0 ? acme.ticket() : acme.apiKey(['tickets:read']));

    const seen: EventDto[] = [];
    let after = 0;
    for (let more = true; more;) {
      const { body } = await acme.owner.get(`/events?types=ticket.created&limit=2&after=${after}`);
      seen.push(...body.data);
      [after, more] = [body.nextAfter, body.hasMore];
    }

    const all = (await acme.events()) as EventDto[];
    expect(seen).toEqual(all.filter(({ type }) => type === 'ticket.created'));
    expect(seen).toHaveLength(3);
    expect(after).toBe(all.length);
  });

  it('gives what is about one thing', async () => {
    const acme = await given.organization();
    const [ticket] = [await acme.ticket(), await acme.ticket()];
    await acme.owner.put(`/tickets/${ticket.id}/closure`);

    const { body } = await acme.owner.get(`/events?subjectId=${ticket.id}&types=ticket.closed`);

    expect(body.data.map(({ subject }: EventDto) => subject.id)).toEqual([ticket.id]);
    const foreign = await (await given.organization()).owner.get(`/events?subjectId=${ticket.id}`);
    expect(foreign.body.data).toEqual([]);
  });

  it('tells those who may not read notes of none, and moves past them', async () => {
    const acme = await given.organization();
    const ticket = await acme.ticket();
    await acme.message(ticket.id, 'note');
    await acme.owner.put(`/tickets/${ticket.id}/closure`);
    const blind = await acme.apiKey(['events:read']);
    const reader = await acme.apiKey(['events:read', 'notes:read']);

    const { body } = await blind.get('/events?after=3');
    const named = await blind.get('/events?types=ticket.noted');

    expect(typesOf(body.data)).toEqual([
      ...['ticket.created', 'ticket.closed', 'api_key.created', 'api_key.created'],
    ]);
    expect(body.nextAfter).toBe(8);
    expect(named.body).toMatchObject({ data: [], nextAfter: 8, hasMore: false });
    expect(typesOf((await reader.get('/events')).body.data)).toContain('ticket.noted');
  });

  it.each([
    ['types=', 'types'],
    ['types=ticket', 'types'],
    ['types=*', 'types'],
    ['types=ticket.*,', 'types'],
    ['types=ticket.nothing', 'types'],
    ['types=nothing.*', 'types'],
    [`types=${'ticket.created,'.repeat(200)}ticket.created`, 'types'],
    ['subjectId=1', 'subjectId'],
    ['wait=31', 'wait'],
    ['wait=-1', 'wait'],
  ])('refuses %.40s', async (query, field) => {
    const acme = await given.organization();

    const { status, body } = await acme.owner.get(`/events?${query}`);

    expect([status, body.error.details[0].field]).toEqual([400, field]);
  });
});

describe('the types of events', () => {
  it('are listed with what each carries', async () => {
    const acme = await given.organization();

    const { status, body } = await acme.owner.get('/event-types');

    expect(status).toBe(200);
    expect(body.total).toBe(body.data.length);
    expect(body.data).toContainEqual({
      type: 'ticket.assigned',
      description: 'A ticket was given to a person.',
      subject: 'ticket',
      schema: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        required: ['type', 'subject', 'data', 'changes'],
        properties: {
          type: { const: 'ticket.assigned' },
          subject: { type: 'object', properties: { type: { const: 'ticket' } } },
          data: {
            anyOf: [
              {
                type: 'object',
                properties: {
                  number: { type: 'integer' },
                  assigneeId: { type: 'string', format: 'uuid' },
                },
                required: ['number', 'assigneeId'],
              },
              { type: 'null' },
            ],
          },
          changes: expect.anything(),
        },
      },
    });
  });

  it('need the permission of the feed', async () => {
    const acme = await given.organization();

    expect((await (await acme.apiKey(['tickets:read'])).get('/event-types')).status).toBe(403);
    expect((await (await acme.apiKey(['events:read'])).get('/event-types')).status).toBe(200);
  });
});
