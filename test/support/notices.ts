import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { SystemDb } from '#core/database/system-db.js';
import { NoticeCourier } from '../../apps/api/src/modules/notices/notice-courier.service.js';
import type { RunningApp } from './app.js';

/** A mail about somebody's account, as its reader has it. */
export interface ReadNotice {
  kind: string;
  subject: string;
  text: string;
  html: string;
  /** Where its button leads, without the desk's own address; null without a button. */
  path: string | null;
  /** The token of that path; empty when it has none. */
  token: string;
}

/** Sends what is queued, and gives the mails to `to`, the oldest first. */
export async function noticesTo(running: RunningApp, to: string): Promise<ReadNotice[]> {
  const courier = running.get(NoticeCourier);
  while (await courier.sweep());
  const rows = await running.get(SystemDb).client.accountMail.findMany({
    where: { toAddress: to.toLowerCase(), status: 'sent' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, kind: true },
  });
  return Promise.all(rows.map((row) => read(running, row)));
}

/** The newest mail of `kind` to `to`. Throws when there is none. */
export async function lastNotice(
  running: RunningApp,
  to: string,
  kind: string,
): Promise<ReadNotice> {
  const found = (await noticesTo(running, to)).findLast((notice) => notice.kind === kind);
  if (!found) throw new Error(`no mail ${kind} to ${to}`);
  return found;
}

async function read(
  running: RunningApp,
  { id, kind }: { id: string; kind: string },
): Promise<ReadNotice> {
  const file = join(running.dataDir, 'outbox', 'notices', `${id}.eml`);
  const { subject, text, html } = await simpleParser(await readFile(file));
  const href = /<a href="([^"]+)"/.exec(String(html))?.[1]?.replaceAll('&amp;', '&');
  const link = href === undefined ? null : new URL(href);
  return {
    kind,
    subject: subject ?? '',
    text: text ?? '',
    html: String(html),
    path: link && `${link.pathname}${link.search}`,
    token: link?.searchParams.get('token') ?? '',
  };
}
