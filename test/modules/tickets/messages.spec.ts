import { useApp } from '../../support/app.js';
import type { MessageDto } from '#modules/tickets/dto/message.dto.js';

const { given } = await useApp();
const acme = await given.organization();
const agent = await acme.user('agent', 'Ada Agent');

describe('writing on a ticket', () => {
  it('adds a reply that waits to be mailed', async () => {
    const ticket = await acme.ticket();

    const answer = await agent.post(`/tickets/${ticket.id}/messages`, {
      kind: 'reply',
      body: 'Have you tried water?',
    });

    expect(answer.status).toBe(201);
    expect(answer.body.data).toEqual({
      id: expect.any(String),
      ticketId: ticket.id,
      kind: 'reply',
      channel: 'web',
      author: { type: 'user', id: agent.user.id, name: 'Ada Agent' },
      body: 'Have you tried water?',
      html: null,
      quote: null,
      cc: [],
      bcc: [],
      mentions: [],
      attachments: [],
      originTicket: null,
      delivery: { status: 'queued', sentAt: null },
      createdAt: expect.any(String),
    });
    const after = (await agent.get(`/tickets/${ticket.id}`)).body.data;
    expect(after).toMatchObject({ messageCount: 2, lastMessageAt: answer.body.data.createdAt });
  });

  it('adds a note that is not mailed', async () => {
    const ticket = await acme.ticket();

    const note = await acme.message(ticket.id, 'note', 'He means the toner.');

    expect(note).toMatchObject({ kind: 'note', delivery: null });
  });

  it('is told in the log without its words', async () => {
    const ticket = await acme.ticket();
    const reply = await acme.message(ticket.id, 'reply', 'SECRET-WORDS');
    const note = await acme.message(ticket.id, 'note', 'SECRET-WORDS');

    const events = (await acme.events()).slice(-2);

    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['ticket.replied', { messageId: reply.id }],
      ['ticket.noted', { messageId: note.id }],
    ]);
    expect(JSON.stringify(events)).not.toContain('SECRET-WORDS');
  });

  it('by a key is from the key', async () => {
    const ticket = await acme.ticket();
    const key = await acme.apiKey(['tickets:write']);

    const answer = await key.post(`/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'Hi.' });

    expect(answer.body.data).toMatchObject({
      channel: 'api',
      author: { type: 'api_key', id: key.key.id, name: 'Web shop' },
    });
  });

  it.each([
    ['kind', 'inbound'],
    ['kind', undefined],
    ['body', ''],
    ['body', ' \n\t '],
    ['body', 'x'.repeat(200_001)],
    ['body', ['x']],
  ])('names %s when it is wrong', async (field, value) => {
    const ticket = await acme.ticket();

    const answer = await agent.post(`/tickets/${ticket.id}/messages`, {
      kind: 'note',
      body: 'Fine.',
      [field]: value,
    });

    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toEqual([{ field, problem: expect.any(String) }]);
    expect((await agent.get(`/tickets/${ticket.id}`)).body.data.messageCount).toBe(1);
  });

  it('keeps the words as they were written', async () => {
    const ticket = await acme.ticket();
    const words = '  <b>& "quotes" \\ \' -- ; drop\r\n\ttable 👩‍🚒 \u202e end \ufeff ';

    const message = await acme.message(ticket.id, 'note', words);

    expect(message.body).toBe(words);
    const { body } = await agent.get(`/tickets/${ticket.id}/messages`);
    expect(body.data[1].body).toBe(words);
  });
});

describe('reading a conversation', () => {
  it('is the oldest first, page by page, each message once', async () => {
    const ticket = await acme.ticket();
    await Promise.all(
      Array.from({ length: 11 }, (_, i) => acme.message(ticket.id, 'note', `Note ${i}`)),
    );
    const all: MessageDto[] = (await agent.get(`/tickets/${ticket.id}/messages`)).body.data;

    const walked: MessageDto[] = [];
    let next: string | null = `/tickets/${ticket.id}/messages?limit=5`;
    while (next !== null) {
      const { body }: { body: { data: MessageDto[]; nextCursor: string | null; total: number } } =
        await agent.get(next);
      expect(body.total).toBe(12);
      walked.push(...body.data);
      next = body.nextCursor && `/tickets/${ticket.id}/messages?limit=5&cursor=${body.nextCursor}`;
    }

    expect(all).toHaveLength(12);
    expect(walked).toEqual(all);
    const times = all.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort());
    const skipped = await agent.get(`/tickets/${ticket.id}/messages?skip=10&limit=5`);
    expect(skipped.body.data).toEqual(all.slice(10));
  });
});
