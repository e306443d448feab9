import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { startApp, useApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { settled } from '../../support/jobs.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('mailbox') });
const { given } = running;

describe('without a mail server', () => {
  it('a reply lands as an .eml file in the data folder and in the mailbox', async () => {
    const acme = await given.organization('Acme Support');
    const { id } = await acme.ticket();
    const reply = await acme.message(id, 'reply', 'Grüße aus Köln');
    await settled(running);

    const { body } = await acme.owner.get('/mailbox');
    expect(body).toMatchObject({ total: 1, totalIsExact: true, nextCursor: null });
    expect(body.data).toEqual([
      {
        id: expect.any(String),
        ticketId: id,
        cc: [],
        bcc: [],
        to: 'rita@customer.example',
        from: expect.stringMatching(/^Olga Owner \(Acme Support\) <reply\+\w{56}@desk\.example>$/),
        subject: 'Re: The printer is on fire',
        text: 'Grüße aus Köln',
        messageIdHeader: expect.stringMatching(
          /^<[0-9a-f]{32}\.[0-9a-f]{32}\.[0-9a-f]{32}@desk\.example>$/,
        ),
        status: 'sent',
        attempts: 1,
        createdAt: expect.any(String),
        sentAt: expect.any(String),
      },
    ]);
    const [entry] = body.data;
    const raw = await acme.owner.get(`/mailbox/${entry.id}/raw`);
    expect(raw.headers).toMatchObject({
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename="${entry.id}.eml"`,
    });
    const folder = join(running.dataDir, 'outbox', acme.id);
    expect(readdirSync(folder)).toEqual([`${entry.id}.eml`]);
    expect(readFileSync(join(folder, `${entry.id}.eml`), 'utf8')).toBe(raw.text);
    const parsed = await simpleParser(raw.text);
    expect(parsed).toMatchObject({ text: 'Grüße aus Köln\n', messageId: entry.messageIdHeader });
    expect(await acme.owner.get(`/tickets/${id}/messages`)).toMatchObject({
      body: { data: [{}, { id: reply.id, delivery: { status: 'sent' } }] },
    });
  });

  it('the mailbox is paged, the newest first, by cursor and by skip', async () => {
    const acme = await given.organization();
    const { id } = await acme.ticket();
    for (const word of ['one', 'two', 'three']) await acme.message(id, 'reply', word);
    await settled(running);
    const texts = ({ body }: { body: any }): string[] => body.data.map(({ text }: any) => text);
    const all = texts(await acme.owner.get('/mailbox'));
    expect([...all].sort()).toEqual(['one', 'three', 'two']);
    const first = await acme.owner.get('/mailbox?limit=2');
    expect(texts(first)).toEqual(all.slice(0, 2));
    const next = await acme.owner.get(`/mailbox?limit=2&cursor=${first.body.nextCursor}`);
    expect(texts(next)).toEqual(all.slice(2));
    expect(texts(await acme.owner.get('/mailbox?skip=1&limit=1'))).toEqual([all[1]]);
    expect((await acme.owner.get('/mailbox?limit=101')).status).toBe(400);
  });

  it('the mailbox is for those who may read mail, and for their own organization', async () => {
    const acme = await given.organization();
    const globex = await given.organization();
    const { id } = await acme.ticket();
    await acme.message(id, 'reply');
    await settled(running);
    const [entry] = (await acme.owner.get('/mailbox')).body.data;
    expect((await globex.owner.get('/mailbox')).body.data).toEqual([]);
    const foreign = await globex.owner.get(`/mailbox/${entry.id}/raw`);
    const absent = await globex.owner.get(`/mailbox/${crypto.randomUUID()}/raw`);
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'mail.not_found']);
    expect(absent.body.error.message).toBe(foreign.body.error.message);
    const blind = await acme.apiKey(['tickets:read', 'mail:write']);
    expect((await blind.get('/mailbox')).status).toBe(403);
    expect((await blind.get(`/mailbox/${entry.id}/raw`)).status).toBe(403);
    expect((await acme.owner.get('/mailbox/..%2f..%2fsecret/raw')).status).toBe(404);
  });
});

describe('in production', () => {
  it('there is no mailbox, whatever the permission', async () => {
    const production = await startApp({
      settings: { NODE_ENV: 'production', SMTP_URL: 'smtp://127.0.0.1:1' },
    });
    try {
      const acme = await production.given.organization();
      for (const path of ['/mailbox', `/mailbox/${crypto.randomUUID()}/raw`]) {
        const answer = await acme.owner.get(path);
        expect([answer.status, answer.body.error.code]).toEqual([404, 'route.not_found']);
      }
      expect(existsSync(join(production.dataDir, 'outbox'))).toBe(false);
    } finally {
      await production.close();
    }
  });
});
