import type { Permission } from '#core/tenancy/permissions.js';
import { expectStatus } from './as.js';
import { AS_MAIL, mail } from './mail.js';
import type { GivenOrganization, Person } from './given.js';

/** A person with a role of just these permissions. */
export async function personWith(
  desk: GivenOrganization,
  permissions: Permission[],
  name = 'Nora Narrow',
): Promise<Person> {
  const person = await desk.user('viewer', name);
  const role = { name: `Role ${crypto.randomUUID()}`, permissions };
  const { id } = expectStatus(await desk.owner.post('/roles', role), 201).body.data;
  expectStatus(await desk.owner.patch(`/users/${person.user.id}`, { role: id }), 200);
  return person;
}

/** A conversation with a customer who writes by mail. */
export class MailedTicket {
  private constructor(
    private readonly desk: GivenOrganization,
    readonly id: string,
    readonly firstMessageId: string,
    private readonly reference: string,
  ) {}

  static async open(desk: GivenOrganization): Promise<MailedTicket> {
    const reference = `<${crypto.randomUUID()}@customer.example>`;
    const raw = mail({ 'Message-ID': reference });
    const { body } = expectStatus(await desk.owner.post('/inbound/mail', raw, AS_MAIL), 201);
    return new MailedTicket(desk, body.data.ticketId, body.data.messageId, reference);
  }

  /** The customer writes again. Gives the id of their message. */
  async customerWrites(words = 'And another thing.'): Promise<string> {
    const raw = mail({ Subject: 'Re: Help', 'In-Reply-To': this.reference }, words);
    const { body } = expectStatus(await this.desk.owner.post('/inbound/mail', raw, AS_MAIL), 201);
    expect(body.data).toMatchObject({ disposition: 'reply', ticketId: this.id });
    return body.data.messageId;
  }
}
