import { runInContext } from '#core/context/context.js';
import { EventCatalogue, eventsAbout, EventNotAsDeclared } from '#core/ledger/event-catalogue.js';
import { integer, text } from '#core/ledger/event-schema.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { NewEvent } from '#core/ledger/ledger-event.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { useApp } from '../../support/app.js';

const running = await useApp();
const acme = await running.given.organization();
const declared = eventsAbout('thing', {
  'thing.made': { says: 'A thing was made.', data: { number: integer } },
  'thing.changed': { says: 'A thing was changed.', data: {}, changes: { name: text } },
});
const catalogue = new EventCatalogue(declared);
const made: NewEvent = {
  type: 'thing.made',
  subject: { type: 'thing', id: acme.id },
  data: { number: 1 },
};
const changed: NewEvent = { ...made, type: 'thing.changed', data: {} };

it.each([
  ['as it is declared', made],
  ['with what changed', { ...changed, changes: { name: ['a', 'b'] } }],
  ['without what did not change', changed],
])('an event %s is taken', (_, event) => {
  expect(() => catalogue.check(event as NewEvent)).not.toThrow();
});

it.each([
  ['that nobody declares', { ...made, type: 'thing.lost' }, /nobody declares it/],
  ['about something else', { ...made, subject: { type: 'ticket', id: acme.id } }, /its subject is/],
  ['with other data', { ...made, data: { number: 'one' } }, /data\.number is string/],
  ['with changes that it has not', { ...made, changes: { name: ['a', 'b'] } }, /it has changes/],
  ['with another change', { ...changed, changes: { size: [1, 2] } }, /changes\.size is not/],
  ['with half a change', { ...changed, changes: { name: ['a', 2] } }, /changes\.name\[1\]/],
])('an event %s is refused', (_, event, why) => {
  expect(() => catalogue.check(event as NewEvent)).toThrow(why);
});

it('no type is declared twice', () => {
  expect(() => new EventCatalogue([...declared, ...declared])).toThrow(/declared twice/);
});

it('the log of a test takes nothing that is not declared', async () => {
  const ledger = running.get(Ledger);
  const recording = runInContext({ requestId: 'catalogue-spec', organizationId: acme.id }, () =>
    running.get(TenantDb).transaction(async () => ledger.record(made)),
  );

  await expect(recording).rejects.toThrow(EventNotAsDeclared);
});
