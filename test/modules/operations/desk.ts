import { asOwner, type TestDatabase } from '../../support/database.js';
import { expectStatus, type Answer } from '../../support/as.js';
import type { GivenOrganization } from '../../support/given.js';

export interface StoredMessage {
  id: string;
  ticketId: string;
  originId: string | null;
  body: string;
}

/** Every message of an organization, the oldest first, as the table has it. */
export async function storedMessages(
  database: TestDatabase,
  organizationId: string,
): Promise<StoredMessage[]> {
  const text = `select id, ticket_id as "ticketId", origin_id as "originId", body from messages
    where organization_id = $1 order by created_at, id`;
  return asOwner(database, async (client) => (await client.query(text, [organizationId])).rows);
}

/** A ticket of a customer of its own, with notes beside the question. */
export async function ticketWith(
  acme: GivenOrganization,
  who: string,
  notes: string[] = [],
): Promise<any> {
  const requester = { email: `${who}@customer.example`, name: who };
  const ticket = await acme.ticket({ subject: `Of ${who}`, body: `${who} asks`, requester });
  for (const body of notes) await acme.message(ticket.id, 'note', body);
  return ticket;
}

export async function merge(
  acme: GivenOrganization,
  targetId: string,
  ...ticketIds: string[]
): Promise<any> {
  return expectStatus(await acme.owner.post(`/tickets/${targetId}/merges`, { ticketIds }), 201).body
    .data;
}

export async function undo(acme: GivenOrganization, operationId: string): Promise<Answer> {
  return acme.owner.put(`/operations/${operationId}/undoing`);
}

export async function ticketNow(acme: GivenOrganization, id: string): Promise<any> {
  return expectStatus(await acme.owner.get(`/tickets/${id}`), 200).body.data;
}

/** What is said on a ticket, in order. */
export async function saidOn(acme: GivenOrganization, id: string): Promise<string[]> {
  const { body } = expectStatus(await acme.owner.get(`/tickets/${id}/messages?limit=100`), 200);
  return body.data.map((message: { body: string }) => message.body);
}
