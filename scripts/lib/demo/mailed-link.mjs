import { settle } from './expect.mjs';

/**
 * The token of the link that was mailed to `to`. The demo's own desk sends to the mail server in this process
 * (`received`); one that runs without a mail server shows a developer what it would have sent.
 */
export async function mailedToken(api, received, to) {
  const look = received ? () => inMailServer(received, to) : () => inPreview(api, to);
  return settle(`a mail with a link to ${to}`, look);
}

async function inMailServer(received, to) {
  const { simpleParser } = await import('mailparser');
  for (const raw of received.values()) {
    const { text, to: recipients } = await simpleParser(raw);
    if (JSON.stringify(recipients).includes(to)) return tokenIn(text);
  }
  return null;
}

async function inPreview(api, to) {
  const { status, body } = await api.get('/development/notices');
  const mail = status === 200 && body.data.find((one) => one.to === to && one.status === 'sent');
  if (!mail) return null;
  return tokenIn((await api.get(`/development/notices/${mail.id}`)).body.data.text);
}

function tokenIn(text) {
  return /[?&]token=([\w-]+)/.exec(text ?? '')?.[1] ?? null;
}
