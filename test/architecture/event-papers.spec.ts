import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaOfEvent } from '#core/ledger/event-catalogue.js';
import { eventPaper, eventSchemas } from '#core/ledger/event-paper.js';
import { EVENTS } from '../../apps/api/src/app.module.js';
import { repository } from './checks/house.js';

const paper = (name: string): string => readFileSync(join(repository, 'docs', name), 'utf8');

describe('the papers of the events', () => {
  // When they are not: `npm run cli -- events:paper` writes them.
  it('are as the rooms declare them', () => {
    expect(paper('events.md')).toBe(eventPaper(EVENTS));
    expect(paper('events.schema.json')).toBe(eventSchemas(EVENTS, schemaOfEvent));
  });

  it('say of each event when it is recorded, in one sentence', () => {
    const unsaid = EVENTS.filter(({ says }) => !/^[A-Z].{10,150}\.$/.test(says));

    expect(unsaid.map(({ type }) => type)).toEqual([]);
  });
});
