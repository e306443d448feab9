import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { Model } from './model.js';

const running = await useApp({ listen: true });
const { given } = running;

async function scene() {
  const acme = await given.organization();
  const agent = await acme.user('agent');
  const ticket = await acme.ticket({ assigneeId: agent.user.id });
  const key = await acme.apiKey(['tickets:read', 'tickets:write']);
  return { acme, agent, ticket, key, model: await Model.connect(running, key.token!) };
}

describe('a reply that a model drafts', () => {
  it('becomes the draft of the assignee, who alone can send it', async () => {
    const { acme, agent, ticket, key, model } = await scene();
    const text = 'Try <b>this</b> & that.\nThen that.\n\nYours';
    const answer = await model.call('draft_reply', { ticketId: ticket.id, text });
    expect(answer.result).toEqual({ ticketId: ticket.id, draftOf: agent.user.id, sent: false });
    const drafts = expectStatus(await agent.get(`/tickets/${ticket.id}/drafts`), 200).body.data;
    expect(drafts).toMatchObject([
      {
        kind: 'reply',
        html: '<p>Try &lt;b&gt;this&lt;/b&gt; &amp; that.<br>Then that.</p><p>Yours</p>',
      },
    ]);
    const said = expectStatus(await agent.get(`/tickets/${ticket.id}/messages`), 200).body;
    expect(said.total).toBe(1);
    expect((await acme.events()).at(-1)).toMatchObject({
      type: 'ticket.draft_suggested',
      actor: { type: 'api_key', id: key.key.id },
      subject: { type: 'ticket', id: ticket.id },
      data: { number: ticket.number, userId: agent.user.id },
    });
  });

  it('never takes the place of what a person is writing', async () => {
    const { agent, ticket, model } = await scene();
    const mine = { html: '<p>Dear Rita,</p>' };
    expectStatus(await agent.put(`/tickets/${ticket.id}/drafts/reply`, mine), 200);
    const answer = await model.call('draft_reply', { ticketId: ticket.id, text: 'Hello' });
    expect(answer.result.error.code).toBe('draft.exists');
    expect(answer.said).not.toContain('Rita');
    const [draft] = (await agent.get(`/tickets/${ticket.id}/drafts`)).body.data;
    expect(draft.html).toBe('<p>Dear Rita,</p>');
  });

  it('goes to who is named, and to nobody when there is nobody', async () => {
    const { acme, agent, model } = await scene();
    const ticket = await acme.ticket();
    const nobody = await model.call('draft_reply', { ticketId: ticket.id, text: 'Hello' });
    expect(nobody.result.error.code).toBe('draft.for_nobody');
    const named = { ticketId: ticket.id, text: 'Hello', forUserId: agent.user.id };
    expect((await model.call('draft_reply', named)).result.draftOf).toBe(agent.user.id);
    const other = await given.organization();
    const stranger = { ...named, forUserId: other.owner.user.id };
    expect((await model.call('draft_reply', stranger)).result.error.code).toBe('user.not_found');
    const viewer = { ...named, forUserId: (await acme.user('viewer')).user.id };
    expect((await model.call('draft_reply', viewer)).result.error.code).toBe('draft.for_reader');
    const elsewhere = { ...named, ticketId: (await other.ticket()).id };
    expect((await model.call('draft_reply', elsewhere)).result.error.code).toBe('ticket.not_found');
  });

  it('is the own one of a person who asks for it', async () => {
    const { agent, ticket } = await scene();
    const model = await Model.connect(running, agent.token!);
    const answer = await model.call('draft_reply', { ticketId: ticket.id, text: 'Hello' });
    expect(answer.result.draftOf).toBe(agent.user.id);
  });
});
