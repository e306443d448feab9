import { randomUUID } from 'node:crypto';
import type { Desk } from './desk.js';

/** A mail as it came in. */
export interface Letter {
  ticketId: string;
  messageId: string;
  /** Its own Message-ID, for an answer to it. */
  reference: string;
}

interface Written {
  subject: string;
  text?: string;
  html?: string;
  cc?: string;
  /** Attached, in that order. */
  files?: { name: string; mediaType: string; content: Buffer; contentId?: string }[];
  answers?: Letter;
}

/** A customer writes to the desk by mail. */
export async function mailIn(desk: Desk, mail: Written): Promise<Letter> {
  const reference = `<${randomUUID()}@customer.example>`;
  const kind = mail.html === undefined ? 'plain' : 'html';
  const parts = [
    [`Content-Type: text/${kind}; charset=utf-8`, '', mail.html ?? mail.text ?? ''],
    ...(mail.files ?? []).map(({ name, mediaType, content, contentId }) => [
      `Content-Type: ${mediaType}; name="${name}"`,
      `Content-Disposition: ${contentId ? 'inline' : 'attachment'}; filename="${name}"`,
      ...(contentId ? [`Content-ID: <${contentId}>`] : []),
      'Content-Transfer-Encoding: base64',
      '',
      content.toString('base64'),
    ]),
  ];
  const raw = [
    'From: Rita Requester <rita@customer.example>',
    'To: desk@manydesk.example',
    ...(mail.cc ? [`Cc: ${mail.cc}`] : []),
    `Subject: ${mail.subject}`,
    `Message-ID: ${reference}`,
    ...(mail.answers ? [`In-Reply-To: ${mail.answers.reference}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary=PART',
    '',
    ...parts.flatMap((lines) => ['--PART', ...lines]),
    '--PART--',
    '',
  ].join('\r\n');
  const { data } = await desk.api<{ data: Omit<Letter, 'reference'> }>(
    'POST',
    '/inbound/mail',
    raw,
  );
  return { ...data, reference };
}
