import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';

const { given } = await useApp();
const acme = await given.organization();
const ada = await acme.user('agent', 'Ada Agent');
const bob = await acme.user('agent', 'Bob Agent');

it('a person has five hundred drafts at once, and no more', async () => {
  const ids: string[] = [];
  for (let at = 0; at < 251; at += 1) ids.push((await acme.ticket()).id);
  const [last, ...others] = ids;
  for (const id of others)
    for (const kind of ['reply', 'note'])
      expectStatus(await ada.put(`/tickets/${id}/drafts/${kind}`, { html: 'a' }), 200);

  const { status, body } = await ada.put(`/tickets/${last}/drafts/reply`, { html: 'a' });

  expect([status, body.error.code]).toEqual([409, 'draft.too_many']);
  expect((await ada.get(`/tickets/${last}/drafts`)).body.data).toEqual([]);
  expectStatus(await ada.put(`/tickets/${others[0]}/drafts/reply`, { html: 'b' }), 200);
  expectStatus(await bob.put(`/tickets/${last}/drafts/reply`, { html: 'a' }), 200);
  expectStatus(await ada.delete(`/tickets/${others[0]}/drafts/reply`), 200);
  expectStatus(await ada.put(`/tickets/${last}/drafts/reply`, { html: 'a' }), 200);
}, 60_000);
