import { newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import { PERMISSION_NAMES } from '#core/tenancy/permissions.js';
import { UsersService } from '#modules/users/users.service.js';
import { Founding, hashPassword } from '#modules/auth/founding.service.js';
import type { RunningApp } from '../../../support/app.js';
import { expectStatus, type Answer, type Client } from '../../../support/as.js';
import { PASSWORD } from '../../../support/given.js';
import { settled } from '../../../support/jobs.js';
import { AS_MAIL, mail } from '../../../support/mail.js';
import { fillAccess, type AccessIdKind } from './access.js';
import { fillDesk, type DeskIdKind, type DeskNames } from './desk.js';
import { fillDelivery, type DeliveryIdKind } from './delivery.js';
import { fillPerson } from './person.js';
import type { PlatformIdKind } from './platform.js';

/** One of the two organizations, with one of everything in it. */
export interface Side {
  organizationId: string;
  /** The owner's access token. */
  token: string;
  /** The secret of an API key with every scope. */
  secret: string;
  refreshCookie: string;
  ids: Record<IdKind, string>;
  /** Values that are no ids and still name something of this organization's. */
  names: {
    email: string;
    ownerEmail: string;
    domain: string;
    tag: string;
    word: string;
    slug: string;
    mailMessageId: string;
  } & DeskNames;
}

/** A side before anything was sold to it. */
export type SideOfItsOwn = Omit<Side, 'ids'> & { ids: Omit<Side['ids'], PlatformIdKind> };

export type IdKind =
  | AccessIdKind
  | DeliveryIdKind
  | DeskIdKind
  | PlatformIdKind
  | 'organization'
  | 'user'
  | 'colleague'
  | 'shared'
  | 'identity'
  | 'session'
  | 'apiKey'
  | 'requester'
  | 'ticket'
  | 'closedTicket'
  | 'message'
  | 'note'
  | 'inboundMail'
  | 'outboundMail'
  | 'event';

/** A word for a place; the other side's is another one. */
export type Say = (what: string) => string;

/** Fills an organization through the product: everything that it can hold by itself, it holds. */
export async function fillSide(
  running: RunningApp,
  say: Say,
  sharedIdentity: string,
): Promise<SideOfItsOwn> {
  const agent = say('browser');
  const email = `${say('owner')}@desk.example`;
  const headers = { 'user-agent': agent, 'x-request-id': `${say('request')}-0` };
  await running.get(Founding).found(
    {
      organizationName: say('organization'),
      name: say('owner-name'),
      email,
      passwordHash: await hashPassword(PASSWORD),
    },
    { method: 'link', secondFactor: false },
  );
  const registered = expectStatus(
    await running.as(null).post('/auth/sessions', { email, password: PASSWORD }, { headers }),
    201,
  );
  const { accessToken, user, organization } = registered.body.data;
  const owner = running.as(accessToken);
  const people = await addPeople(running, organization.id, say, sharedIdentity);

  const key = data(await owner.post('/api-keys', { name: say('key'), scopes: PERMISSION_NAMES }));
  const integration = running.as(key.secret);
  const tag = say('tag');
  const word = say('word');
  const ticket = data(
    await integration.post(
      '/tickets',
      newTicket(say, {
        subject: `${say('subject')} ${word}`,
        tags: [tag],
        assigneeId: people.colleague,
      }),
      { headers },
    ),
  );
  await owner.patch(`/tickets/${ticket.id}`, {
    priority: 'high',
    subject: `${say('subject')} ${word}`,
  });
  const reply = data(
    await owner.post(`/tickets/${ticket.id}/messages`, { kind: 'reply', body: say('reply') }),
  );
  const note = data(
    await integration.post(`/tickets/${ticket.id}/messages`, { kind: 'note', body: say('note') }),
  );
  const access = await fillAccess(
    running,
    owner,
    { id: key.id, client: integration },
    organization.id,
    people.colleague,
    say,
  );
  await fillPerson(
    running,
    {
      organizationId: organization.id,
      identityId: people.identity,
      membershipId: people.colleague,
      connectionId: access.ids.ssoConnection,
    },
    say,
  );
  const desk = await fillDesk(
    running,
    owner,
    integration,
    { ticketId: ticket.id, userId: user.id, colleagueId: people.colleague },
    say,
  );
  const delivery = await fillDelivery(running, owner, ticket.id, say);
  const closed = data(await owner.post('/tickets', newTicket(say, {})));
  expectStatus(await owner.put(`/tickets/${closed.id}/closure`), 200);
  const taken = await handIn(integration, say);
  await settled(running);

  const sent = expectStatus(await owner.get('/mailbox'), 200).body.data[0];
  const events = expectStatus(await owner.get('/events?limit=1000'), 200).body.data;
  const { sid } = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString('utf8'));
  return {
    organizationId: organization.id,
    token: accessToken,
    secret: key.secret,
    refreshCookie: registered.cookies[0]!.split(';')[0]!,
    ids: {
      organization: organization.id,
      user: user.id,
      ...people,
      ...access.ids,
      ...desk.ids,
      ...delivery.ids,
      session: sid,
      apiKey: key.id,
      requester: ticket.requester.id,
      ticket: ticket.id,
      closedTicket: closed.id,
      message: reply.id,
      note: note.id,
      inboundMail: taken.id,
      outboundMail: sent.id,
      event: events[0].id,
    },
    names: {
      email: ticket.requester.email,
      ownerEmail: email,
      domain: access.domain,
      tag,
      word,
      slug: organization.slug,
      mailMessageId: taken.mailMessageId,
      ...desk.names,
    },
  };
}

/** A colleague of this organization alone, and the person who is in both. */
async function addPeople(
  running: RunningApp,
  organizationId: string,
  say: Say,
  sharedIdentity: string,
) {
  const system = running.get(SystemDb);
  const users = running.get(UsersService);
  const identityId = newId();
  return system.transactionIn(organizationId, async (tx) => {
    await tx.identity.create({
      data: {
        id: identityId,
        email: `${say('colleague')}@desk.example`,
        name: say('colleague-name'),
        passwordHash: say('hash'),
      },
      select: { id: true },
    });
    const colleague = await users.join(tx, organizationId, {
      identityId,
      name: say('colleague-here'),
      role: 'agent',
    });
    const shared = await users.join(tx, organizationId, {
      identityId: sharedIdentity,
      name: say('shared-here'),
      role: 'viewer',
    });
    return { colleague: colleague.id, shared: shared.id, identity: identityId };
  });
}

/** A mail that becomes a ticket and is answered, the same one again, and one that is refused. Gives the first one's id and Message-ID. */
async function handIn(
  integration: Client,
  say: Say,
): Promise<{ id: string; mailMessageId: string }> {
  const headers = {
    From: `${say('customer')} <${say('customer')}@customer.example>`,
    Subject: say('mail-subject'),
    'Message-ID': `<${say('message-id')}@customer.example>`,
  };
  const first = mail(headers, say('mail-body'));
  const { id, ticketId } = data(await integration.post('/inbound/mail', first, AS_MAIL));
  await integration.post('/inbound/mail', first, AS_MAIL);
  await integration.post('/inbound/mail', mail({ From: '', Subject: say('refused') }), AS_MAIL);
  data(
    await integration.post(`/tickets/${ticketId}/messages`, {
      kind: 'reply',
      body: say('mail-reply'),
    }),
  );
  return { id, mailMessageId: headers['Message-ID'] };
}

function newTicket(say: Say, fields: Record<string, unknown>): Record<string, unknown> {
  return {
    subject: say('subject'),
    body: say('body'),
    requester: { email: `${say('requester')}@customer.example`, name: say('requester-name') },
    ...fields,
  };
}

function data(answer: Answer): any {
  return expectStatus(answer, 201).body.data;
}
