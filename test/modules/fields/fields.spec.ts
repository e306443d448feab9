import { useApp } from '../../support/app.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const agent = await acme.user('agent');

let made = 0;
async function field(kind: string, more: object = {}, of = acme): Promise<any> {
  const key = `f${(made += 1)}_${kind}`;
  const body = { subject: 'ticket', key, kind, name: key, ...more };
  const answer = await of.owner.post('/custom-fields', body);
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.data;
}
async function valued(key: string, value: unknown): Promise<any> {
  const { id } = await acme.ticket();
  return acme.owner.patch(`/tickets/${id}`, { fields: { [key]: value } });
}

describe('a custom field', () => {
  it('is made, listed in its order, changed and archived, and each of it is told', async () => {
    const desk = await given.organization();
    const last = await field('text', { position: 9, name: 'Order' }, desk);
    const first = await field('number', { position: 1, description: 'How many' }, desk);

    const list = (await desk.owner.get('/custom-fields?subject=ticket')).body.data;
    const changed = await desk.owner.patch(`/custom-fields/${last.id}`, { name: 'Order no.' });
    await desk.owner.delete(`/custom-fields/${first.id}`);

    expect(list.map(({ id }: { id: string }) => id)).toEqual([first.id, last.id]);
    expect(changed.headers.etag).toBe('"2"');
    expect((await desk.owner.get('/custom-fields?subject=customer')).body.data).toEqual([]);
    const told = (await desk.events()).filter(({ subject }) => subject.type === 'field');
    expect(told.map(({ type }) => type)).toEqual([
      'field.created',
      'field.created',
      'field.changed',
      'field.archived',
    ]);
  });

  it('keeps its key, also when it is archived', async () => {
    const { id, key } = await field('text');
    await acme.owner.delete(`/custom-fields/${id}`);
    const body = { subject: 'ticket', key, kind: 'number', name: 'Again' };

    const again = await acme.owner.post('/custom-fields', body);
    const other = await acme.owner.post('/custom-fields', { ...body, subject: 'company' });
    const renamed = await acme.owner.patch(`/custom-fields/${id}`, { key: 'other' });

    expect(again.body.error.code).toBe('field.key_taken');
    expect(other.status).toBe(201);
    expect(renamed.status).toBe(400);
  });

  it('is set up by who may, and in one’s own organization', async () => {
    const { id } = await field('text', {}, globex);

    const byAgent = await agent.post('/custom-fields', {});
    const foreign = await acme.owner.patch(`/custom-fields/${id}`, { name: 'X' });

    expect(byAgent.status).toBe(403);
    expect(foreign.status).toBe(404);
    expect((await acme.owner.delete(`/custom-fields/${id}`)).status).toBe(404);
  });

  it.each([
    ['a key that is none', { key: 'Not A Key' }, 'key'],
    ['a choice of nothing', { kind: 'select' }, 'options'],
    ['options of what chooses nothing', { options: [{ name: 'A' }] }, 'options'],
    ['a customer who is solved', { subject: 'customer', requiredOnSolve: true }, 'requiredOnSolve'],
    ['one name twice', { kind: 'select', options: [{ name: 'A' }, { name: 'a' }] }, 'options'],
  ])('is refused with %s', async (_, more, wrong) => {
    const body = { subject: 'ticket', key: 'bad', kind: 'text', name: 'Bad', ...more };

    const answer = await acme.owner.post('/custom-fields', body);

    expect(answer.status).toBe(400);
    expect(answer.body.error.details[0].field).toBe(wrong);
  });

  it('that was changed meanwhile is not overwritten', async () => {
    const { id } = await field('text');
    await acme.owner.patch(`/custom-fields/${id}`, { name: 'Theirs' });

    const late = await acme.owner.patch(
      `/custom-fields/${id}`,
      { name: 'Mine' },
      { headers: { 'if-match': '"1"' } },
    );

    expect(late.status).toBe(412);
    expect(late.body.error.details.conflicts).toEqual([
      { field: 'name', yours: 'Mine', theirs: 'Theirs' },
    ]);
  });
});

describe('the values', () => {
  const options = [
    { id: 'gold', name: 'Gold' },
    { id: 'tin', name: 'Tin' },
  ];
  it.each([
    ['text', '  Hello ', 'Hello', 7, 'x'.repeat(501)],
    ['number', -1.5, -1.5, '1', 1e300],
    ['date', '2026-02-28', '2026-02-28', '2026-02-30', '28.2.2026'],
    ['select', 'tin', 'tin', 'iron', ['tin']],
    ['multi_select', ['tin', 'gold', 'tin'], ['gold', 'tin'], ['iron'], 'tin'],
    ['checkbox', false, false, 'yes', 1],
  ])('of a %s are checked and stored', async (kind, value, stored, ...wrong) => {
    const { key } = await field(kind, kind.endsWith('select') ? { options } : {});

    expect((await valued(key, value)).body.data.fields).toEqual({ [key]: stored });
    for (const each of wrong) {
      const refused = await valued(key, each);
      expect(refused.status).toBe(400);
      expect(refused.body.error.details[0].field).toBe(`fields.${key}`);
    }
  });

  it('of fields that are not there, or archived, are refused; archived ones are emptied', async () => {
    const { id, key } = await field('text');
    const theirs = await field('text', {}, globex);
    const ticket = await acme.ticket({ fields: { [key]: 'kept' } });
    await acme.owner.delete(`/custom-fields/${id}`);
    const set = (values: object): Promise<any> =>
      acme.owner.patch(`/tickets/${ticket.id}`, { fields: values });

    expect((await set({ [theirs.key]: 'x' })).status).toBe(400);
    expect((await set({ nothing: 'x' })).status).toBe(400);
    expect((await set({ [key]: 'new' })).status).toBe(400);
    expect((await acme.owner.get(`/tickets/${ticket.id}`)).body.data.fields[key]).toBe('kept');
    expect((await set({ [key]: null })).body.data.fields).toEqual({});
  });

  it('keep the name of an option that is offered no more', async () => {
    const { id, key } = await field('select', { options });
    const ticket = await acme.ticket({ fields: { [key]: 'tin' } });

    const after = await acme.owner.patch(`/custom-fields/${id}`, { options: [options[0]] });

    expect(after.body.data.options).toEqual([
      { id: 'gold', name: 'Gold', isArchived: false },
      { id: 'tin', name: 'Tin', isArchived: true },
    ]);
    expect((await acme.owner.get(`/tickets/${ticket.id}`)).body.data.fields[key]).toBe('tin');
    expect((await valued(key, 'tin')).status).toBe(400);
  });
});
