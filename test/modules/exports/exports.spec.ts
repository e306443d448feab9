import type { ExportDto } from '#modules/exports/dto/export.dto.js';
import { useApp } from '../../support/app.js';
import type { Answer, Client } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { settled } from '../../support/jobs.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('exports') });
const { given, database, clock, as } = running;
const acme = await given.organization();
const globex = await given.organization('Globex');
const { owner } = acme;
const evil = '=HYPERLINK("http://evil.example","x")';
const first = await acme.ticket({ subject: evil, tags: ['vip', 'b'], body: 'First words.' });
const second = await acme.ticket({
  subject: 'Wörter, "quoted"\nand مرحبا',
  requester: { email: 'x@customer.example', name: '+1 555' },
});
await acme.message(first.id, 'note', 'Between us.');
await acme.message(first.id, 'reply', 'For all.');
await globex.ticket({ subject: 'Canary' });

async function exported(body: object, client: Client = owner): Promise<ExportDto> {
  const asked = await client.post('/exports', body);
  if (asked.status !== 201) throw new Error(asked.text);
  expect(asked.body.data).toMatchObject({ status: 'queued', done: 0 });
  await settled(running);
  return (await client.get(`/exports/${asked.body.data.id}`)).body.data;
}
async function fetched({ id }: ExportDto, client: Client = owner): Promise<Answer> {
  const { status, body, text } = await client.post(`/exports/${id}/links`);
  if (status !== 201) throw new Error(text);
  return as(null).get(body.data.url);
}
const linesOf = (text: string): any[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('exports', () => {
  it('write tickets to CSV that no spreadsheet runs', async () => {
    const made = await exported({ format: 'csv' });
    const { status, text, headers } = await fetched(made);

    expect(made).toMatchObject({ status: 'done', total: 2, done: 2, problem: null });
    expect(status).toBe(200);
    expect(headers['content-disposition']).toMatch(/^attachment;.*tickets-.*\.csv/);
    expect(text).toMatch(/^\uFEFFnumber,id,subject,/);
    expect(text).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`);
    expect(text).toContain(`"'+1 555"`);
    expect(text).toContain('"Wörter, ""quoted""\nand مرحبا"');
    expect(text.split('\r\n')).toHaveLength(4);
    expect(text).not.toContain('Canary');
  });

  it('write tickets with their messages to lines of JSON', async () => {
    const made = await exported({ format: 'jsonl', include: { messages: true } });
    const lines = linesOf((await fetched(made)).text);

    expect(made.include).toEqual({ messages: true, notes: true });
    expect(lines.filter(({ record }) => record === 'ticket').map(({ subject }) => subject)).toEqual(
      [evil, second.subject],
    );
    const said = lines.filter(
      ({ record, ticketId }) => record === 'message' && ticketId === first.id,
    );
    expect(said.map(({ kind, body }) => [kind, body])).toEqual([
      ['inbound', 'First words.'],
      ['note', 'Between us.'],
      ['reply', 'For all.'],
    ]);
  });

  it('hold no note for whoever may not read notes, nor show them an export that does', async () => {
    const key = await acme.apiKey(['tickets:read', 'tickets:export']);
    const withNotes = await exported({ format: 'jsonl', include: { messages: true } });
    const made = await exported({ format: 'jsonl', include: { messages: true } }, key);

    expect(made.include).toEqual({ messages: true, notes: false });
    const { text } = await fetched(made, key);
    expect(text).not.toContain('Between us');
    expect(linesOf(text)).toContainEqual(
      expect.objectContaining({ id: first.id, messageCount: 2 }),
    );
    const table = await exported({ format: 'csv' });
    expect((await fetched(table, key)).text).toMatch(new RegExp(`${first.id}.*,,2,20`));
    expect((await key.get(`/exports/${withNotes.id}`)).status).toBe(404);
    expect((await key.post(`/exports/${withNotes.id}/links`)).status).toBe(404);
    const listed = (await key.get('/exports')).body.data.map(({ id }: ExportDto) => id);
    expect(listed).toContain(made.id);
    expect(listed).not.toContain(withNotes.id);
  });

  it('hold what conditions and a view let through', async () => {
    const vip = { all: [{ field: 'tag', operator: 'is', value: 'vip' }] };
    const view = { name: 'VIP', scope: 'personal', conditions: vip };
    const viewId = (await owner.post('/views', view)).body.data.id;
    const byView = await exported({ format: 'jsonl', viewId });
    const byConditions = await exported({ format: 'jsonl', conditions: vip });

    for (const made of [byView, byConditions])
      expect(linesOf((await fetched(made)).text).map(({ id }) => id)).toEqual([first.id]);
    const foreign = await globex.owner.post('/exports', { format: 'csv', viewId });
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'view.not_found']);
  });

  it('are seen in their organization alone, by those who may export', async () => {
    const made = await exported({ format: 'csv' });
    const agent = await acme.user('agent');

    expect((await agent.get('/exports')).status).toBe(403);
    expect((await agent.post('/exports', { format: 'csv' })).status).toBe(403);
    expect((await agent.post(`/exports/${made.id}/links`)).status).toBe(403);
    for (const path of [`/exports/${made.id}`, `/exports/${made.id}/links`]) {
      const method = path.endsWith('links') ? 'POST' : 'GET';
      const foreign = await globex.owner.send(method, path);
      expect([foreign.status, foreign.body.error.code]).toEqual([404, 'export.not_found']);
    }
    expect((await globex.owner.get('/exports')).body.data).toEqual([]);
  });

  it('expire after a week', async () => {
    const made = await exported({ format: 'csv' });
    const link = (await owner.post(`/exports/${made.id}/links`)).body.data.url;
    await asOwner(database, (client) =>
      client.query("update exports set expires_at = now() - interval '1 minute' where id = $1", [
        made.id,
      ]),
    );

    expect(Date.parse(made.expiresAt!) - Date.parse(made.finishedAt!)).toBe(7 * 86_400_000);
    expect((await owner.get(`/exports/${made.id}`)).body.data.status).toBe('expired');
    const late = await owner.post(`/exports/${made.id}/links`);
    expect([late.status, late.body.error.code]).toEqual([409, 'export.expired']);
    clock.advance(6 * 60_000);
    expect((await as(null).get(link)).status).not.toBe(200);
    clock.reset();
  });

  it.each([
    ['format', { format: 'xlsx' }],
    ['include.messages', { format: 'csv', include: { messages: true } }],
    ['include', { format: 'csv', include: [] }],
    ['conditions', { format: 'csv', conditions: { all: 'x' } }],
    ['viewId', { format: 'csv', viewId: '7' }],
    ['notes', { format: 'csv', notes: true }],
  ])('refuse a wrong %s', async (field, body) => {
    const { status, body: answer } = await owner.post('/exports', body);

    expect(status).toBe(400);
    expect(answer.error.details[0].field).toContain(field);
  });
});
