import { runInContext } from '#core/context/context.js';
import { PrincipalResolver } from '#core/tenancy/principal.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { AuditExports } from '#modules/audit/audit-exports.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';
import { altered, appendEvents, exported, fileOf, linesIn, verdictOn } from './files.js';

const running = await useApp({ listen: true });
const { given } = running;
let acme: GivenOrganization;

beforeAll(async () => {
  acme = await given.organization();
  for (let n = 0; n < 5; n += 1) await acme.ticket({ subject: `=HYPERLINK("http://x", "${n}")` });
  await acme.owner.post(
    '/api-keys',
    { name: 'Key', scopes: ['tickets:read'] },
    {
      headers: { 'x-request-id': '-2-3-starts-a-formula' },
    },
  );
});

describe('an export', () => {
  it('is a file, and an event of the log that it holds', async () => {
    const answer = await acme.owner.get('/audit/export?format=jsonl&types=api_key.*,audit.*');

    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="manydesk-audit-[\d-]+\.jsonl"$/,
      ),
    });
    expect(answer.headers['x-request-id']).toEqual(expect.any(String));
    const lines = linesIn(answer.text).map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual([
      'api_key.created',
      'audit.exported',
      'export.end',
    ]);
    expect(JSON.parse(lines[1].payload).data).toMatchObject({
      format: 'jsonl',
      scope: 'trail',
      filters: { types: ['api_key.*', 'audit.*'] },
      address: '127.0.0.1',
    });
    const event = (await acme.events()).at(-1);
    expect(event).toMatchObject({ type: 'audit.exported', id: lines[1].id });
  });

  it('of the trail leaves out the work on tickets, and one of everything leaves nothing out', async () => {
    const trail = linesIn(await exported(acme.owner, 'format=jsonl'));
    const all = linesIn(await exported(acme.owner, 'format=jsonl&scope=all'));

    expect(trail.some((line) => line.includes('"ticket.created"'))).toBe(false);
    expect(all.length - 1).toBe((await acme.wholeLog()).length);
  });

  it('holds no more than what is asked for, and of nobody else', async () => {
    const globex = await given.organization('Globex');
    const text = await exported(globex.owner, `format=csv&scope=all&actorId=${acme.owner.user.id}`);

    expect(linesIn(text)).toHaveLength(2);
    expect(text).not.toContain(acme.id);
  });

  it('as CSV holds nothing that a spreadsheet would run', async () => {
    const text = await exported(acme.owner, 'format=csv&scope=all');

    const cells = linesIn(text).flatMap((line) => line.split(','));
    expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([]);
    expect(text).toContain(",'-2-3-starts-a-formula,");
    expect((await verdictOn(text)).isValid).toBe(true);
  });

  it.each([
    ['no format', ''],
    ['an unknown format', 'format=xlsx'],
    ['an unknown scope', 'format=csv&scope=everything'],
    ['a page', 'format=csv&limit=5'],
  ])('is refused with %s, and no event tells of it', async (_, query) => {
    const before = (await acme.events()).length;

    expect((await acme.owner.get(`/audit/export?${query}`)).status).toBe(400);
    expect((await acme.events()).length).toBe(before);
  });

  it('of a long log comes while it is read, and whole', async () => {
    const long = await given.organization('Long');
    await appendEvents(running.database, long.id, 2_000);

    const response = await fetch(`${running.url}/api/v1/audit/export?format=jsonl&scope=all`, {
      headers: { authorization: `Bearer ${long.owner.token}` },
    });
    const chunks: string[] = [];
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream()))
      chunks.push(chunk);

    expect(chunks.length).toBeGreaterThan(1);
    const verdict = await verdictOn(chunks.join(''));
    expect(verdict).toMatchObject({ isValid: true });
    expect(verdict.sentences[0]).toMatch(/^VALID\. 200\d events/);
  });
});

it('is cut off when the credential of a slow reader ends', async () => {
  const long = await given.organization('Long');
  await appendEvents(running.database, long.id, 30_000);
  const key = await long.apiKey(['audit:read']);
  const response = await fetch(`${running.url}/api/v1/audit/export?format=jsonl&scope=all`, {
    headers: { authorization: `Bearer ${key.token}` },
  });
  const reading = response.body!.getReader();
  await reading.read();

  await long.owner.delete(`/api-keys/${key.key.id}`);

  const rest = async (): Promise<void> => {
    while (!(await reading.read()).done);
  };
  await expect(rest()).rejects.toThrow(/terminated/);
});

it('reads on only when what it has read is taken', async () => {
  const long = await given.organization('Long');
  await appendEvents(running.database, long.id, 1_000);
  const { pool } = running.get(TenantDb);
  const context = { requestId: 'a-slow-reader', organizationId: long.id };
  const principal = (await running.get(PrincipalResolver).resolve(long.owner.token!))!;
  const reader = { principal, isStillGood: () => Promise.resolve(true) };
  const request = { format: 'jsonl' as const, scope: 'all' as const, filter: {}, reader };

  const { chunks } = await runInContext(context, () => running.get(AuditExports).open(request));
  const before = pool.statements;
  const reading = chunks[Symbol.asyncIterator]();
  for (let taken = 0; taken < 3; taken += 1) await reading.next();
  await new Promise((resolve) => setTimeout(resolve, 50));

  // Where the log ends, and two stretches: not the other nine.
  expect(pool.statements - before).toBe(3);
  await reading.return!();
});

describe.each(['csv', 'jsonl'])('a %s file, offline', (format) => {
  let whole: string[];
  let partial: string[];
  /** The line of the first event. */
  const first = format === 'csv' ? 1 : 0;

  beforeAll(async () => {
    whole = linesIn(await exported(acme.owner, `format=${format}&scope=all`));
    partial = linesIn(await exported(acme.owner, `format=${format}`));
  });

  it('is proved as it is, whatever its line ends', async () => {
    const events = whole.length - 1 - first;
    for (const text of [fileOf(whole), whole.join('\r\n'), `\uFEFF${fileOf(whole)}\n`]) {
      const { isValid, sentences } = await verdictOn(text);
      expect(isValid).toBe(true);
      expect(sentences[0]).toBe(
        `VALID. ${events} events of organization ${acme.id}, seq 1 to ${events}.`,
      );
      expect(sentences[1]).toContain('none is missing');
    }
  });

  it('is held to the hash that the desk gives for its end', async () => {
    const { headHash } = expectStatus(await acme.owner.get('/audit/verification'), 200).body.data;
    const fresh = linesIn(await exported(acme.owner, `format=${format}&scope=all`));
    const now = expectStatus(await acme.owner.get('/audit/verification'), 200).body.data.headHash;

    expect((await verdictOn(fileOf(fresh), now)).isValid).toBe(true);
    expect((await verdictOn(fileOf(fresh), headHash)).isValid).toBe(false);
  });

  it('of some events says what it does not prove', async () => {
    const { isValid, sentences } = await verdictOn(fileOf(partial));

    expect(isValid).toBe(true);
    expect(sentences.join('\n')).toContain('Not proved: that no other event matched (scope=trail)');
  });

  it.each([
    'organizationId',
    'seq',
    'id',
    'type',
    'occurredAt',
    'actorType',
    'actorId',
    'onBehalfOf',
    'subjectType',
    'subjectId',
    'requestId',
    'causationId',
    'operationId',
    'depth',
    'payload',
    'dataHash',
    'prevHash',
    'hash',
  ])('with another %s in its third event is not valid', async (field) => {
    const at = first + 2;
    const bad = whole.with(at, altered(whole[at]!, field));
    expect(bad[at]).not.toBe(whole[at]);

    const { isValid, sentences } = await verdictOn(fileOf(bad));

    expect(isValid).toBe(false);
    // Another place in the log shows at the line itself, or as a gap before it.
    expect(sentences[0]).toMatch(new RegExp(`^NOT VALID\\. Line ${at + 1} `));
  });

  it.each<[string, (lines: string[], at: number) => string[], number]>([
    [
      'two lines that have changed places',
      (l, at) => l.with(at, l[at + 1]!).with(at + 1, l[at]!),
      1,
    ],
    ['a line less', (l, at) => l.toSpliced(at, 1), 1],
    ['its first event missing', (l) => l.toSpliced(first, 1), -1],
    ['a line twice', (l, at) => l.toSpliced(at, 0, l[at]!), 2],
    ['half a line', (l, at) => l.with(at, l[at]!.slice(0, -20)), 1],
    ['a line that is none', (l, at) => l.toSpliced(at, 0, 'hello'), 1],
  ])('with %s is not valid', async (_, spoil, offset) => {
    const at = first + 2;

    const { isValid, sentences } = await verdictOn(fileOf(spoil(whole, at)));

    expect(isValid).toBe(false);
    expect(sentences[0]).toMatch(
      new RegExp(`^NOT VALID\\. Line ${offset === -1 ? first + 1 : at + offset} `),
    );
  });

  it('that was cut off is not valid, wherever it was', async () => {
    const text = fileOf(whole);
    const lines = fileOf(whole.slice(0, -1));

    for (const cut of [
      lines,
      fileOf(whole.slice(0, 4)),
      text.slice(0, -30),
      text.slice(0, text.length / 2),
    ])
      expect((await verdictOn(cut)).isValid).toBe(false);
    expect((await verdictOn(lines)).sentences[0]).toContain('the file was cut off');
  });

  it('with its last events and its last line made up is not valid', async () => {
    const short = [...whole.slice(0, -3), whole.at(-1)!];
    const counted = short.with(
      -1,
      short.at(-1)!.replace(/(\\?"+events\\?"+:)(\d+)/, (_, name, n) => `${name}${n - 2}`),
    );

    expect((await verdictOn(fileOf(short))).sentences[0]).toContain('events are before it');
    expect((await verdictOn(fileOf(counted))).sentences[0]).toContain(
      'but the file ends with event',
    );
  });

  it('of some events with one of them taken out is not valid', async () => {
    expect((await verdictOn(fileOf(partial.toSpliced(first + 1, 1)))).isValid).toBe(false);
  });

  it('goes on after its last line in vain', async () => {
    const { sentences } = await verdictOn(fileOf([...whole, whole[first]!]));

    expect(sentences[0]).toContain(`Line ${whole.length + 1} stands after the last line`);
  });
});

it('an event whose content was erased is proved without it', async () => {
  const globex = await given.organization('Globex');
  await globex.ticket();
  await asOwner(running.database, async (client) => {
    await client.query("select set_config('app.organization_id', $1, false)", [globex.id]);
    await client.query('update ledger_events set data = null, changes = null where seq = 2');
  });

  const { isValid, sentences } = await verdictOn(
    await exported(globex.owner, 'format=csv&scope=all'),
  );

  expect(isValid).toBe(true);
  expect(sentences.join(' ')).toContain('what 1 events said');
});
