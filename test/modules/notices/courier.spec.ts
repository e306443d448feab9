import { describe, expect, it } from '@jest/globals';
import { SystemDb } from '#core/database/system-db.js';
import { NoticeCourier } from '../../../apps/api/src/modules/notices/notice-courier.service.js';
import { Notices } from '../../../apps/api/src/modules/notices/notices.service.js';
import { startApp, useApp, type RunningApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { addressOf } from '../../support/given.js';
import { MailServer, Refusal } from '../../support/mail-server.js';
import { noticesTo } from '../../support/notices.js';

const HOUR = 3_600_000;
const kind = 'organization_kept';
const data = { name: 'Olga', organization: 'Acme' };

async function post(running: RunningApp, to: string): Promise<void> {
  await running
    .get(SystemDb)
    .transaction((tx) => running.get(Notices).post(tx, { kind, to, data }));
}

async function rowOf(running: RunningApp, to: string) {
  return running.get(SystemDb).client.accountMail.findFirstOrThrow({ where: { toAddress: to } });
}

function makes(running: RunningApp): void {
  const notices = running.get(Notices);
  // The room that owns this kind may have registered it; the courier is what is looked at here.
  try {
    notices.register(kind, async ({ data: values }) => ({ values: values as typeof data }));
  } catch {
    // It has.
  }
}

// Its own: whatever other tests have left in the queue would be sent here.
const database = await databaseOfItsOwn('notices');
const running = await useApp({ database });
makes(running);

describe('the courier of notices', () => {
  it('sends each once, however many sweep at once, and forgets what it was made of', async () => {
    const to = addressOf('notice');
    await post(running, to);
    const courier = running.get(NoticeCourier);
    await Promise.all([courier.sweep(), courier.sweep(), courier.sweep()]);
    const mails = await noticesTo(running, to);
    expect(mails).toHaveLength(1);
    expect(mails[0]!.subject).toBe('Acme will not be deleted');
    expect(mails[0]!.text).toContain('Hello Olga,');
    expect(await rowOf(running, to)).toMatchObject({ status: 'sent', data: {}, attempts: 1 });
  });

  it('is lost with its transaction', async () => {
    const to = addressOf('notice');
    const failing = running.get(SystemDb).transaction(async (tx) => {
      await running.get(Notices).post(tx, { kind, to, data });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await noticesTo(running, to)).toEqual([]);
  });
});

describe('a mail server that does not take notices', () => {
  it('is asked again later after a passing failure, and no more after a final one', async () => {
    const server = await MailServer.start();
    const mailing = await startApp({ database, settings: { SMTP_URL: server.url } });
    makes(mailing);
    try {
      const to = addressOf('notice');
      await post(mailing, to);
      const answers = [new Refusal(451, 'later')];
      server.judge = () => {
        const refusal = answers.shift();
        if (refusal) throw refusal;
      };
      const courier = mailing.get(NoticeCourier);
      await courier.sweep();
      expect(await rowOf(mailing, to)).toMatchObject({ status: 'queued', attempts: 1 });
      await courier.sweep();
      expect((await rowOf(mailing, to)).attempts).toBe(1);
      mailing.clock.advance(HOUR);
      await courier.sweep();
      expect(await rowOf(mailing, to)).toMatchObject({ status: 'sent', attempts: 2 });
      const ours = server.mails.filter((mail) => mail.to.includes(to));
      expect(ours).toHaveLength(1);
      expect(ours[0]!.headers['auto-submitted']).toBe('auto-generated');

      const refused = addressOf('refused');
      await post(mailing, refused);
      server.judge = () => {
        throw new Refusal(550, 'never');
      };
      await courier.sweep();
      expect(await rowOf(mailing, refused)).toMatchObject({ status: 'failed', data: {} });
    } finally {
      await mailing.close();
      await server.close();
    }
  });
});

describe('the preview of notices', () => {
  it('shows nothing outside development, where its readers could become anybody', async () => {
    const anybody = running.as(null);
    for (const path of [
      '/development/notices',
      '/development/notices/01890000-0000-7000-8000-000000000000',
      '/development/notice-samples/invitation/en',
    ]) {
      const { status, body } = await anybody.get(path);
      expect([path, status, body.error.code]).toEqual([path, 404, 'notice.not_found']);
    }
  });

  it('shows them in development while no mail leaves the machine', async () => {
    const developing = await startApp({ database, settings: { NODE_ENV: 'development' } });
    try {
      makes(developing);
      const to = addressOf('notice');
      await post(developing, to);
      await developing.get(NoticeCourier).sweep();
      const anybody = developing.as(null);
      const listed = await anybody.get('/development/notices');
      const ours = listed.body.data.find((notice: { to: string }) => notice.to === to);
      expect(ours).toMatchObject({ kind, status: 'sent' });
      const mail = await anybody.get(`/development/notices/${ours.id}`);
      expect(mail.body.data.html).toContain('<html lang="en"');
      const sample = await anybody.get('/development/notice-samples/invitation/ar');
      expect(sample.body.data.subject).toContain('Acme Support');
    } finally {
      await developing.close();
    }
  });
});
