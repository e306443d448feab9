import type { RunningApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';
import { settled } from '../../support/jobs.js';
import { AS_MAIL, mail } from '../../support/mail.js';

/** A word that stands in every text of the customer. */
export const SECRET = 'zanzibar';
export const ADDRESS = `rita.${SECRET}@customer.example`;

/**
 * A customer of whom every text has the word in it, on tickets of their own, on one that went into another's, and with
 * copies of what others said.
 */
export async function customerOf(running: RunningApp, acme: GivenOrganization): Promise<any> {
  const { owner } = acme;
  const made = async (path: string, body: unknown): Promise<any> =>
    expectStatus(await owner.post(path, body), 201).body.data;
  await made('/custom-fields', { subject: 'ticket', key: 'bike', name: 'Bike', kind: 'text' });
  const requester = { email: ADDRESS, name: `Rita ${SECRET}` };
  const about = { subject: `About ${SECRET}`, body: `I am ${SECRET}`, requester };
  const ticket = await acme.ticket({ ...about, fields: { bike: SECRET } });
  const upload = await owner.send('POST', '/attachments', Buffer.from(`A file of ${SECRET}`), {
    headers: { 'content-type': 'text/plain', 'x-file-name': `${SECRET}.txt` },
  });
  const attachmentIds = [expectStatus(upload, 201).body.data.id];
  const reply = { kind: 'reply', body: `Dear ${SECRET}`, attachmentIds };
  await made(`/tickets/${ticket.id}/messages`, reply);
  await acme.message(ticket.id, 'note', `Mind ${SECRET}`);
  await owner.put(`/tickets/${ticket.id}/drafts/note`, { html: `<p>${SECRET}</p>` });
  const text = mail({ From: `R <${ADDRESS}>`, Subject: `Mail of ${SECRET}` }, `Yours, ${SECRET}`);
  expectStatus(await owner.send('POST', '/inbound/mail', text, AS_MAIL), 201);
  const customers = (await owner.get(`/customers?email=${ADDRESS}`)).body.data;
  const other = await made('/customers', { email: `old.${ADDRESS}`, notes: `Also ${SECRET}` });
  await made(`/customers/${customers[0].id}/merges`, { customerId: other.id });
  await owner.patch(`/customers/${customers[0].id}`, { notes: `Knows ${SECRET}` });

  const copied = await acme.ticket({ subject: 'Of another', cc: [ADDRESS] });
  await made(`/tickets/${copied.id}/messages`, { kind: 'reply', body: 'Hello', cc: [ADDRESS] });
  await owner.put(`/tickets/${copied.id}/drafts/reply`, { html: '<p>Hm</p>', cc: [ADDRESS] });
  const copying = mail({ From: 'bob@other.example', Cc: ADDRESS, Subject: 'With a copy' });
  expectStatus(await owner.send('POST', '/inbound/mail', copying, AS_MAIL), 201);
  await settled(running);
  return customers[0];
}

/** Where the word stands in rows of an organization, by table. */
export async function placesOf(running: RunningApp, organizationId: string): Promise<string[]> {
  return asOwner(running.database, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select c.relname as name from pg_policy p join pg_class c on c.oid = p.polrelid
       where p.polname = 'tenant_isolation' and c.relname not in ('organizations', 'memberships') order by 1`,
    );
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query(
        `select 1 from ${name} t where organization_id = $1 and (t::text ilike $2
           or t::text like '%' || encode(convert_to($3, 'UTF8'), 'hex') || '%') limit 1`,
        [organizationId, `%${SECRET}%`, SECRET],
      );
      if (rows.length > 0) found.push(name);
    }
    return found;
  });
}
