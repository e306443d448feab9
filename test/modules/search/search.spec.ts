import type { FoundTicketDto } from '#modules/search/dto/found-ticket.dto.js';
import { useApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import type { Client } from '../../support/as.js';
import { settled } from '../../support/jobs.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('search') });
const { given } = running;
const acme = await given.organization();
const globex = await given.organization('Globex');
const agent = await acme.user('agent', 'Ada Agent');
const { owner } = acme;

const fire = await acme.ticket({
  subject: 'Printer on fire',
  body: 'Smoke comes out of tray two, and it says PC LOAD LETTER.',
  tags: ['vip'],
  priority: 'urgent',
});
await acme.ticket({
  subject: 'The fax',
  body: 'It stands beside the printer and sings. Happiness is a warm toner cartridge.',
  assigneeId: agent.user.id,
});
const chair = await acme.ticket({
  subject: 'Chair squeaks',
  body: 'When I lean back.',
  requester: { email: 'sam.sitter@chairs.example', name: 'Sam Sitter' },
});
const canary = await globex.ticket({ subject: 'Printer canary', body: 'zanzibarword printer' });
await acme.message(chair.id, 'reply', 'Please put some oil on the hinge.');
await acme.message(chair.id, 'note', 'He is a xylophonist, says the printer.');
await settled(running);

async function ask(q: string, client: Client = owner, more = ''): Promise<FoundTicketDto[]> {
  const { status, body, text } = await client.get(`/search?q=${encodeURIComponent(q)}${more}`);
  if (status !== 200) throw new Error(text);
  return body.data;
}
const subjects = (found: FoundTicketDto[]): string[] => found.map(({ ticket }) => ticket.subject);
const found = async (q: string, client?: Client): Promise<string[]> =>
  subjects(await ask(q, client));

describe('search', () => {
  it.each([
    ['load letter', ['Printer on fire']],
    ['fire smoke', ['Printer on fire']],
    ['PRINTERS', ['Printer on fire', 'Chair squeaks', 'The fax']],
    ['sitter', ['Chair squeaks']],
    ['sam oil', ['Chair squeaks']],
    ['chairs.example', ['Chair squeaks']],
    ['sam.sitter@chairs.example', ['Chair squeaks']],
    ['"load letter"', ['Printer on fire']],
    ['"letter load"', []],
    ['cartri', ['The fax']],
    ['cartri ', []],
    ['pritner smoke', ['Printer on fire']],
    ['catridge', ['The fax']],
    ['happy', ['The fax']],
    ['qqqqqq', []],
    ['the', []],
    ['printer status:open tag:vip', ['Printer on fire']],
    ['printer assignee:ada', ['The fax']],
    ['printer assignee:"Ada Agent"', ['The fax']],
    ['printer assignee:none', ['Printer on fire', 'Chair squeaks']],
    ['printer priority:urgent,high', ['Printer on fire']],
    ['customer:sam.sitter@chairs.example', ['Chair squeaks']],
    ['customer:"sam sitter" oil', ['Chair squeaks']],
    ['tag:vip', ['Printer on fire']],
    ['printer after:2099-01-01', []],
    ['printer before:2099-01-01 channel:web tag:vip', ['Printer on fire']],
    ['has:attachment', []],
    ['is:snoozed printer', []],
    ['is:unassigned tag:vip', ['Printer on fire']],
  ])('finds by %p what has it', async (q, wanted) => {
    expect(await found(q)).toEqual(wanted);
  });

  it('puts the ticket with that number or id first', async () => {
    await acme.ticket({ subject: `About number ${fire.number}` });
    await settled(running);

    expect((await found(`${fire.number}`))[0]).toBe('Printer on fire');
    expect(await found(`#${fire.number}`)).toEqual(['Printer on fire']);
    expect(await found(fire.id.toUpperCase())).toEqual(['Printer on fire']);
    expect(await found(`#${fire.number} assignee:me`)).toEqual([]);
    expect(await found(canary.id)).toEqual([]);
  });

  it('shows where the words stand, as text with marks', async () => {
    const [first] = await ask('smoke printer rita');

    expect((await owner.get(`/tickets/${fire.id}`)).body.data).toMatchObject(first!.ticket);
    expect(first!.matches).toEqual([
      {
        in: 'subject',
        messageId: null,
        snippet: [
          { text: 'Printer', hit: true },
          { text: ' on fire', hit: false },
        ],
      },
      {
        in: 'message',
        messageId: expect.any(String),
        snippet: [
          { text: 'Smoke', hit: true },
          { text: expect.stringContaining(' comes out of tray two'), hit: false },
        ],
      },
      {
        in: 'customer',
        messageId: null,
        snippet: expect.arrayContaining([{ text: 'Rita', hit: true }]),
      },
    ]);
  });

  it.each([
    ['colour:red', 'unknown filter, colour'],
    ['status:shut', 'status: must be one of open'],
    ['assignee:zoe', 'assignee:"zoe"'],
    ['team:nowhere', 'team:"nowhere"'],
    [`assignee:"${globex.organization.name} owner"`, 'there is none by that name'],
    ['after:yesterday', 'after: must be a date'],
    ['has:wheels', 'unknown mark'],
    ['status:', 'without a value'],
    ['!!!', 'no word and no filter'],
    ['a b c d e f g h i j k l m', 'more than 12 words'],
  ])('refuses %p and says why', async (q, why) => {
    const { status, body } = await owner.get(`/search?q=${encodeURIComponent(q)}`);

    expect([status, body.error.details[0].field]).toEqual([400, 'q']);
    expect(body.error.message).toContain(why);
  });

  it.each([
    "'",
    "'; drop table tickets",
    '\\',
    "'printer' & !'x'",
    ':*',
    '<->',
    '(((',
    '"',
    '%',
    '🖨 printer',
  ])('takes %p for words and not for operators', async (q) => {
    const { status } = await owner.get(`/search?q=${encodeURIComponent(`${q} printer`)}`);
    expect(status).toBe(200);
  });

  it('finds nothing of another organization', async () => {
    expect(await found('zanzibarword')).toEqual([]);
    expect(await found('zanzibarwor')).toEqual([]);
    expect(await found('zanzibarwodr')).toEqual([]);
    expect(await found('canary')).toEqual([]);
    expect(await found('canary', globex.owner)).toEqual(['Printer canary']);
  });

  it('never looks through notes for whoever may not read them', async () => {
    const key = await acme.apiKey(['tickets:read']);

    expect(await found('xylophonist')).toEqual(['Chair squeaks']);
    const [withNote] = await ask('xylophonist');
    expect(JSON.stringify(withNote!.matches)).toContain('xylophonist');
    for (const q of ['xylophonist', 'xylopho', 'xylophonits', '"a xylophonist"'])
      expect((await key.get(`/search?q=${encodeURIComponent(q)}`)).body).toMatchObject({
        data: [],
        total: 0,
        nextCursor: null,
      });
    expect(await found('printer', key)).toEqual(['Printer on fire', 'The fax']);
    expect(JSON.stringify(await ask('hinge', key))).not.toContain('xylophonist');
    expect((await ask(`#${chair.number}`, key))[0]!.matches).toEqual([]);
  });

  it('asks for the right to read tickets', async () => {
    const key = await acme.apiKey(['users:read']);
    expect((await key.get('/search?q=printer')).status).toBe(403);
    expect((await owner.get('/search?q=printer&skip=3')).status).toBe(400);
    expect((await owner.get('/search')).status).toBe(400);
  });
});
