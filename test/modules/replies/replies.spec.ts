import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';

const { given } = await useApp();
const acme = await given.organization('Acme & Sons');
const globex = await given.organization('Globex');
const ada = await acme.user('agent', 'Ada Agent');
const bob = await acme.user('agent', 'Bob Agent');

type By = typeof ada;
const make = async (by: By, fields: object): Promise<any> =>
  expectStatus(
    await by.post('/canned-replies', {
      name: 'Thanks',
      html: '<p>Hi</p>',
      scope: 'personal',
      ...fields,
    }),
    201,
  ).body.data;
const team = async (...members: By[]): Promise<string> => {
  const made = await acme.owner.post('/teams', { name: `Team ${crypto.randomUUID()}` });
  const { id } = expectStatus(made, 201).body.data;
  for (const { user } of members)
    expectStatus(await acme.owner.put(`/teams/${id}/members/${user.id}`), 200);
  return id;
};
const seenBy = async (by: By): Promise<string[]> =>
  expectStatus(await by.get('/canned-replies?limit=100'), 200).body.data.map(
    ({ id }: { id: string }) => id,
  );

describe('canned replies', () => {
  it('are seen by those whose they are', async () => {
    const teamId = await team(bob);
    const mine = await make(ada, {});
    const teams = await make(acme.owner, { scope: 'team', teamId });
    const all = await make(acme.owner, { scope: 'organization' });
    const theirs = await make(globex.owner, { scope: 'organization' });

    const [adas, bobs, owners] = [await seenBy(ada), await seenBy(bob), await seenBy(acme.owner)];

    expect(adas).toEqual(expect.arrayContaining([mine.id, all.id]));
    expect(adas).not.toContain(teams.id);
    expect(bobs).toEqual(expect.arrayContaining([teams.id, all.id]));
    expect(bobs).not.toContain(mine.id);
    expect(owners).toEqual(expect.arrayContaining([teams.id, all.id]));
    expect(owners).not.toContain(mine.id);
    expect([...adas, ...bobs, ...owners]).not.toContain(theirs.id);
    for (const [by, id] of [
      [bob, mine.id],
      [acme.owner, mine.id],
      [ada, teams.id],
      [ada, theirs.id],
    ] as const) {
      for (const answer of [
        await by.get(`/canned-replies/${id}`),
        await by.patch(`/canned-replies/${id}`, { name: 'x' }),
        await by.delete(`/canned-replies/${id}`),
      ])
        expect([answer.status, answer.body.error.code]).toEqual([404, 'canned_reply.not_found']);
    }
  });

  it('that others use are made and changed by who sets up the desk', async () => {
    const shared = await make(acme.owner, { scope: 'organization' });
    const fresh = { name: 'x', html: 'x', scope: 'organization' };

    for (const answer of [
      await ada.post('/canned-replies', fresh),
      await ada.patch(`/canned-replies/${shared.id}`, { name: 'x' }),
      await ada.delete(`/canned-replies/${shared.id}`),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.body.error).toMatchObject({
        code: 'auth.forbidden',
        details: { permission: 'desk:write' },
      });
    }
    const key = await acme.apiKey(['tickets:read', 'tickets:write', 'desk:write']);
    expect((await key.post('/canned-replies', fresh)).status).toBe(201);
    const own = await key.post('/canned-replies', { ...fresh, scope: 'personal' });
    expect(own.body.error.code).toBe('auth.people_only');
  });

  it('go by name, page by page, and are found by a part of it', async () => {
    const desk = await given.organization();
    const names = ['Bye', 'Apology', 'Refund | policy', 'apology 100%', 'Bye'];
    for (const name of names) await make(desk.owner, { name });

    const walked: string[] = [];
    let next: string | null = '/canned-replies?limit=2';
    while (next !== null) {
      const { body }: { body: any } = expectStatus(await desk.owner.get(next), 200);
      expect(body.total).toBe(5);
      walked.push(...body.data.map(({ name }: { name: string }) => name));
      next = body.nextCursor && `/canned-replies?limit=2&cursor=${body.nextCursor}`;
    }

    expect(walked).toHaveLength(5);
    expect([...walked].sort()).toEqual([...names].sort());
    const found = async (q: string): Promise<number> =>
      (await desk.owner.get(`/canned-replies?q=${encodeURIComponent(q)}`)).body.total;
    expect([
      await found('apology'),
      await found('100%'),
      await found('%'),
      await found('x'),
    ]).toEqual([2, 1, 1, 0]);
  });

  it('tell two who change the same, and keep what is not said', async () => {
    const reply = await make(ada, { html: '<p onclick="x">One</p>' });
    expect(reply.html).toBe('<p>One</p>');
    const read = await ada.get(`/canned-replies/${reply.id}`);
    const ifMatch = { headers: { 'if-match': read.headers.etag! } };
    const named = await ada.patch(`/canned-replies/${reply.id}`, { name: 'New' }, ifMatch);

    const stale = await ada.patch(`/canned-replies/${reply.id}`, { name: 'Mine' }, ifMatch);

    expect(named.body.data).toMatchObject({ name: 'New', html: '<p>One</p>' });
    expect([stale.status, stale.body.error.code]).toEqual([412, 'edit.conflict']);
    expect(stale.body.error.details).toEqual({
      conflicts: [{ field: 'name', yours: 'Mine', theirs: 'New' }],
      etag: named.headers.etag,
    });
    const told = (await acme.events()).filter(({ subject }) => subject.id === reply.id);
    expect(told.map(({ type }) => type)).toEqual(['canned_reply.created', 'canned_reply.changed']);
    // It is her own: what she calls it is nobody else's business.
    expect(told.map(({ data }) => data?.name)).toEqual([undefined, undefined]);
    expect((await ada.delete(`/canned-replies/${reply.id}`)).status).toBe(200);
    expect((await ada.get(`/canned-replies/${reply.id}`)).status).toBe(404);
  });

  it.each([
    ['name', { name: '' }],
    ['html', { html: '<script>x</script>' }],
    ['scope', { scope: 'world' }],
    ['teamId', { scope: 'team' }],
    ['teamId', { scope: 'personal', teamId: '01900000-0000-7000-8000-000000000000' }],
  ])('name %s when it is wrong', async (field, wrong) => {
    const body = { name: 'x', html: 'x', scope: 'personal', ...wrong };

    const answer = await acme.owner.post('/canned-replies', body);

    expect(answer.body.error.details).toEqual([{ field, problem: expect.any(String) }]);
  });
});

describe('the text for a ticket', () => {
  const rendered = async (html: string, ticketId: string, by: By = ada) => {
    const { id } = await make(by, { html });
    return by.post(`/canned-replies/${id}/rendering`, { ticketId });
  };

  it('names the customer, the ticket, the agent and the desk', async () => {
    const ticket = await acme.ticket({
      subject: 'Fire',
      requester: { email: 'rita@customer.example', name: 'Rita R. Requester' },
    });

    const { status, body } = await rendered(
      '<p>Dear {{customer.firstName}} ({{ customer.name }}, {{customer.email}}), #{{ticket.number}} {{ticket.subject}} – {{agent.name}}, {{organization.name}} {{nobody.knows}}</p>',
      ticket.id,
    );

    expect(status).toBe(200);
    const name = ticket.requester.name;
    expect(body.data.html).toBe(
      `<p>Dear ${name.split(' ')[0]} (${name}, rita@customer.example), #${ticket.number} Fire – Ada Agent, Acme &amp; Sons {{nobody.knows}}</p>`,
    );
  });

  it('shows markup in a customer’s name and runs none of it', async () => {
    const name = '"><img src=x onerror=alert(1)><b>{{agent.name}}';
    const email = `evil-${crypto.randomUUID()}@customer.example`;
    const ticket = await acme.ticket({
      subject: 'javascript:alert(1)',
      requester: { email, name },
    });

    const { body } = await rendered(
      '<p title="{{customer.name}}">{{customer.name}}</p><a href="{{ticket.subject}}">x</a>',
      ticket.id,
    );

    const { html } = body.data;
    expect(html).not.toMatch(/<img|<b>|href=/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&lt;b&gt;{{agent.name}}</p>');
  });

  it('names the options of custom fields', async () => {
    const options = [{ name: 'Red & blue' }, { name: 'Green' }];
    const field = {
      subject: 'ticket',
      key: 'colours',
      kind: 'multi_select',
      name: 'Colours',
      options,
    };
    const { body } = await acme.owner.post('/custom-fields', field);
    const ids = body.data.options.map(({ id }: { id: string }) => id);
    const ticket = await acme.ticket({ fields: { colours: ids } });

    const filled = await rendered('[{{ticket.fields.colours}}]', ticket.id);
    const empty = await rendered('[{{ticket.fields.colours}}]', (await acme.ticket()).id);

    expect(filled.body.data.html).toBe('[Red &amp; blue, Green]');
    expect(empty.body.data.html).toBe('[]');
  });

  it('is for no ticket of another organization', async () => {
    const theirs = await globex.ticket();

    const answer = await rendered('{{customer.email}}', theirs.id);

    expect([answer.status, answer.body.error.code]).toEqual([404, 'ticket.not_found']);
  });
});
