import { expectStatus, type Answer, type Client } from '../../../support/as.js';
import { settled } from '../../../support/jobs.js';
import type { RunningApp } from '../../../support/app.js';
import type { Say } from './side.js';

export type DeskIdKind =
  | 'team'
  | 'customField'
  | 'state'
  | 'customer'
  | 'company'
  | 'attachment'
  | 'sentAttachment'
  | 'cannedReply'
  | 'macro'
  | 'link'
  | 'linkedTicket'
  | 'mergedTicket'
  | 'operation'
  | 'view'
  | 'export'
  | 'notification';

/** Words of the desk that are no ids and name something of this organization's. */
export interface DeskNames {
  fieldKey: string;
  company: string;
  companyDomain: string;
  customerEmail: string;
  note: string;
}

/** Everything of one organization that is about how its desk works and what was done at it. */
export async function fillDesk(
  running: RunningApp,
  owner: Client,
  program: Client,
  at: { ticketId: string; userId: string; colleagueId: string },
  say: Say,
): Promise<{ ids: Record<DeskIdKind, string>; names: DeskNames }> {
  const { ticketId, colleagueId } = at;
  const team = await made(
    owner.post('/teams', { name: say('team'), description: say('team-description') }),
  );
  await well(owner.put(`/teams/${team.id}/members/${at.userId}`));
  const fieldKey = say('field').replaceAll('-', '_').slice(0, 40);
  const field = await made(
    owner.post('/custom-fields', {
      subject: 'ticket',
      key: fieldKey,
      kind: 'text',
      name: say('field-name'),
      description: say('field-description'),
    }),
  );
  await made(
    owner.post('/custom-fields', {
      subject: 'ticket',
      key: `${fieldKey}_2`,
      kind: 'select',
      name: say('choice'),
      options: [{ name: say('option') }],
    }),
  );
  for (const subject of ['customer', 'company'])
    await made(
      owner.post('/custom-fields', {
        subject,
        key: fieldKey,
        kind: 'text',
        name: say('of-a-customer'),
      }),
    );
  const state = await made(
    owner.post('/ticket-states', { name: say('state'), category: 'pending' }),
  );
  const companyDomain = `${say('company-domain')}.example`;
  const company = await made(
    owner.post('/companies', {
      name: say('company'),
      domains: [companyDomain],
      notes: say('company-notes'),
    }),
  );
  const customerEmail = `${say('person')}@${companyDomain}`;
  const customer = await made(
    owner.post('/customers', {
      email: customerEmail,
      name: say('customer-name'),
      addresses: [`${say('second-address')}@customer.example`],
      notes: say('customer-notes'),
    }),
  );
  await well(
    owner.patch(`/customers/${customer.id}`, { fields: { [fieldKey]: say('of-the-customer') } }),
  );
  await well(
    owner.patch(`/companies/${company.id}`, { fields: { [fieldKey]: say('of-the-company') } }),
  );
  await well(
    owner.patch(`/tickets/${ticketId}`, {
      teamId: team.id,
      fields: { [fieldKey]: say('field-value') },
      cc: [`${say('copied')}@customer.example`],
    }),
  );
  const upload = async (name: string): Promise<{ id: string }> =>
    made(
      owner.post(`/attachments?name=${name}.txt`, Buffer.from(say('bytes')), {
        headers: { 'content-type': 'application/octet-stream' },
      }),
    );
  const attachment = await upload(say('file'));
  const sent = await upload(say('sent-file'));
  const noteWord = say('noted');
  await made(
    owner.post(`/tickets/${ticketId}/messages`, {
      kind: 'note',
      html: `<p>${noteWord}</p>`,
      mentions: [colleagueId],
      attachmentIds: [sent.id],
    }),
  );
  await well(
    owner.put(`/tickets/${ticketId}/drafts/reply`, {
      html: `<p>${say('draft')}</p>`,
      cc: [`${say('draft-cc')}@customer.example`],
      bcc: [`${say('draft-bcc')}@customer.example`],
    }),
  );
  await made(
    owner.post(`/tickets/${ticketId}/messages`, {
      kind: 'reply',
      html: `<p>${say('formatted')}</p>`,
      cc: [`${say('reply-cc')}@customer.example`],
      bcc: [`${say('reply-bcc')}@customer.example`],
    }),
  );
  await well(owner.put(`/tickets/${ticketId}/presence`, { state: 'viewing' }));
  const cannedReply = await made(
    owner.post('/canned-replies', {
      name: say('canned'),
      html: `<p>${say('canned-text')}</p>`,
      scope: 'organization',
    }),
  );
  const macro = await made(
    owner.post('/macros', {
      name: say('macro'),
      description: say('macro-description'),
      actions: [{ type: 'add_tags', value: [say('macro-tag')] }],
      scope: 'organization',
    }),
  );
  const open = async (): Promise<{ id: string }> =>
    made(
      program.post('/tickets', {
        subject: say('desk-subject'),
        body: say('desk-body'),
        requesterId: customer.id,
      }),
    );
  const linked = await open();
  const link = await made(
    owner.post(`/tickets/${ticketId}/links`, { kind: 'related', ticketId: linked.id }),
  );
  const merged = await open();
  const operation = await made(
    owner.post(`/tickets/${linked.id}/merges`, { ticketIds: [merged.id] }),
  );
  for (const what of ['bulk-tag', 'second-bulk-tag']) {
    const change = { addTags: [say(what)] };
    await made(owner.post('/bulk-operations', { ticketIds: [linked.id], change }));
    await settled(running);
  }
  const view = await made(
    owner.post('/views', {
      name: say('view'),
      scope: 'organization',
      conditions: { all: [{ field: 'tag', operator: 'contains', value: say('view-tag') }] },
      columns: ['subject', `fields.${fieldKey}`],
    }),
  );
  const exported = await made(
    owner.post('/exports', {
      format: 'jsonl',
      conditions: { all: [{ field: 'tag', operator: 'contains', value: say('export-tag') }] },
    }),
  );
  expectStatus(
    await program.put(`/tickets/${linked.id}/assignment`, { assigneeId: at.userId }),
    200,
  );
  await settled(running);
  const [told] = expectStatus(await owner.get('/me/notifications'), 200).body.data;
  return {
    ids: {
      team: team.id,
      customField: field.id,
      state: state.id,
      customer: customer.id,
      company: company.id,
      attachment: attachment.id,
      sentAttachment: sent.id,
      cannedReply: cannedReply.id,
      macro: macro.id,
      link: link.id,
      linkedTicket: linked.id,
      mergedTicket: merged.id,
      operation: operation.id,
      view: view.id,
      export: exported.id,
      notification: told.id,
    },
    names: { fieldKey, company: company.name, companyDomain, customerEmail, note: noteWord },
  };
}

async function made(answer: Promise<Answer>): Promise<any> {
  return expectStatus(await answer, 201).body.data;
}

async function well(answer: Promise<Answer>): Promise<void> {
  expectStatus(await answer, 200);
}
