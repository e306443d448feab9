import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { inRoot } from '../paths.mjs';
import { Client } from './client.mjs';
import { expect, settle } from './expect.mjs';
import { attack, readFeed } from './evidence.mjs';
import { mailedToken } from './mailed-link.mjs';

const customer = 'Harbour Bakery <orders@harbour-bakery.example>';
const scopes = ['mail:write', 'tickets:read', 'tickets:write', 'events:read', 'mail:read'];

/** The main job from the first mail to the last event. Throws a sentence where it is not as it says. */
export async function tell({ url, received, stays }, narrator) {
  const api = new Client(url);
  const [repairs, dental] = await openOrganizations(api, received, narrator);
  await handInMails(repairs, narrator);
  const conversation = await answer(repairs, received, narrator);
  await takeTheReply(repairs, conversation, narrator);
  await attack({ repairs, dental, ...conversation }, narrator);
  await readFeed(repairs, conversation, narrator);
  if (stays) await sayWhereToLook(url, [repairs, dental], narrator);
  else
    narrator.say(
      '\nTo look at it in the dashboard, run npm start first, or npm run demo -- --stay.',
    );
}

async function sayWhereToLook(url, organizations, narrator) {
  await narrator.chapter('Look for yourself');
  narrator.say(`The dashboard is at ${url}; sign in as one of the two:`);
  for (const { email, password, name } of organizations) {
    narrator.show(`${email}  ${password}  ${name}`);
  }
  narrator.say(`The API's own pages are at ${url}/api/docs.`);
}

async function openOrganizations(api, received, narrator) {
  await narrator.chapter('Two organizations open their desks in one deployment');
  const stamp = randomBytes(3).toString('hex');
  const made = [];
  for (const [name, host] of [
    ['Lighthouse Repairs', 'lighthouse-repairs'],
    ['Second Street Dental', 'second-street-dental'],
  ]) {
    const email = `desk-${stamp}@${host}.example`;
    const password = randomBytes(9).toString('base64url');
    const registration = { organizationName: name, name: 'Desk Owner', email };
    const asked = await api.post('/auth/registrations', registration);
    expect(asked.status === 202, `a registration of ${name} to be taken`);
    const token = await mailedToken(api, received, email);
    const { status, body } = await api.post(`/auth/registrations/${token}/completion`, {
      password,
    });
    expect(status === 201, `${name} to be registered`);
    const agent = api.as(body.data.accessToken);
    const key = await agent.post('/api-keys', { name: 'mail gateway', scopes });
    expect(key.status === 201, 'an API key');
    const integration = api.as(key.body.data.secret);
    made.push({ name, email, password, agent, integration, user: body.data.user });
    narrator.show(`POST /auth/registrations  202  ${name}: a mail with a link to ${email}`);
    narrator.show('POST …/completion         201  the link is followed, a password chosen');
    narrator.show(`POST /api-keys            201  ${key.body.data.prefix}… for its mail gateway`);
  }
  return made;
}

async function handInMails({ name, integration }, narrator) {
  await narrator.chapter('Real mails are handed in with an API key, and become tickets');
  const folder = inRoot('test/fixtures/mail');
  const files = readdirSync(folder).filter((file) => file.endsWith('.eml'));
  narrator.say(`${files.length} raw mails for ${name}, each POST /inbound/mail as message/rfc822:`);
  const counts = {};
  for (const file of files) {
    const { status, body } = await integration.mail(readFileSync(`${folder}/${file}`));
    expect(status === 201, `${file} to be taken in`);
    const { disposition, ticketNumber, reason } = body.data;
    counts[disposition] = (counts[disposition] ?? 0) + 1;
    const became = ticketNumber ? `ticket #${ticketNumber}` : reason;
    narrator.show(`${disposition.padEnd(9)}  ${became.padEnd(10)}  ${file}`);
  }
  const summary = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  narrator.say(`Every one has an outcome, and its raw bytes are kept: ${summary.join(', ')}.`);
  narrator.say('The duplicates are the same mail by another route, such as with other line ends.');
}

async function answer({ agent, integration, user }, received, narrator) {
  await narrator.chapter(
    'A customer writes; an agent answers and closes; the worker mails the answer',
  );
  const subject = 'The oven door does not close';
  const first = `From: ${customer}\r\nTo: desk@lighthouse-repairs.example\r\nSubject: ${subject}\r\nMessage-ID: <${randomBytes(8).toString('hex')}@harbour-bakery.example>\r\nDate: ${new Date().toUTCString()}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\nsince this morning it springs open again. Can somebody come — today?\r\n`;
  const taken = await integration.mail(Buffer.from(first));
  expect(taken.body.data?.disposition === 'ticket', "the customer's mail to become a ticket");
  const { ticketId, ticketNumber } = taken.body.data;

  const queue = await agent.get('/tickets?status=open&limit=3');
  narrator.say(`The agent's queue, newest first (${queue.body.total} open):`);
  for (const ticket of queue.body.data) {
    narrator.show(`#${ticket.number}  ${ticket.subject}  (${ticket.requester.email})`);
  }
  await agent.put(`/tickets/${ticketId}/assignment`, { assigneeId: user.id });
  const reply = {
    kind: 'reply',
    body: 'Good morning,\n\na colleague is on the way and will be there at eleven.',
  };
  const { status, body } = await agent.post(`/tickets/${ticketId}/messages`, reply);
  expect(status === 201, 'the reply to be taken');
  await agent.put(`/tickets/${ticketId}/closure`);
  narrator.say(
    `Ticket #${ticketNumber} is assigned, answered and closed. The worker takes the reply from the log:`,
  );

  const mail = await settle('the reply to be sent', async () => {
    const mailbox = await agent.get('/mailbox?limit=100');
    return mailbox.body.data.find((sent) => sent.ticketId === ticketId && sent.status === 'sent');
  });
  const raw = received?.get(mail.messageIdHeader);
  expect(received === null || raw, 'the mail to arrive at the mail server');
  if (raw) {
    narrator.say('What the mail server was given:');
    const head = raw.slice(0, raw.search(/\r?\n\r?\n/)).split(/\r?\n/);
    narrator.show(...head.filter((line) => !/^Content-|^MIME-/.test(line)));
  } else {
    narrator.show(`From: ${mail.from}`, `To: ${mail.to}`, `Subject: ${mail.subject}`);
    narrator.show(`Message-ID: ${mail.messageIdHeader}`);
  }
  narrator.say(
    'Message-ID and reply address are signed: nobody can guess those of another ticket.',
  );
  return { ticketId, ticketNumber, mail, messageId: body.data.id };
}

async function takeTheReply({ agent, integration }, { ticketId, ticketNumber, mail }, narrator) {
  await narrator.chapter('The customer replies to that mail: the same ticket, open again');
  const to = /<([^>]+)>$/.exec(mail.from)[1];
  const raw = `From: ${customer}\r\nTo: ${to}\r\nSubject: ${mail.subject}\r\nIn-Reply-To: ${mail.messageIdHeader}\r\nReferences: ${mail.messageIdHeader}\r\nMessage-ID: <${randomBytes(8).toString('hex')}@harbour-bakery.example>\r\nDate: ${new Date().toUTCString()}\r\n\r\nEleven is fine, thank you. Please ring at the back door.\r\n`;
  const taken = await integration.mail(Buffer.from(raw));
  expect(taken.body.data?.disposition === 'reply', 'the reply to be recognised');
  expect(taken.body.data.ticketId === ticketId, 'the reply to join its ticket');
  const ticket = (await agent.get(`/tickets/${ticketId}`)).body.data;
  expect(ticket.status === 'open', 'the ticket to be open again');
  narrator.say(
    `Disposition "reply"; ticket #${ticketNumber} is ${ticket.status} again. The conversation:`,
  );
  const messages = (await agent.get(`/tickets/${ticketId}/messages`)).body.data;
  for (const { author, body, delivery } of messages) {
    const note = delivery ? ` (${delivery.status})` : '';
    narrator.show(`${author.name}${note}: ${body.replace(/\s+/g, ' ').slice(0, 70)}`);
  }
}
