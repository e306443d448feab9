import { JournalPage, type CallNote } from './journal-page.js';

const call = (at: number): CallNote => ({ at }) as CallNote;
const keptBy = (page: JournalPage): string[] =>
  page.calls.map(({ keyId, call: { at } }) => `${keyId} ${at}`);

it('keeps the last calls of each key in order, so that a flood of one costs nobody else theirs', () => {
  const page = new JournalPage();
  page.addCall('quiet', call(0), 3, false);
  const outcomes = Array.from({ length: 8 }, (_, n) => page.addCall('loud', call(n), 3, false));

  expect(outcomes).toEqual(['added', 'added', 'added', ...Array(5).fill('replaced')]);
  expect(keptBy(page)).toEqual(['quiet 0', 'loud 5', 'loud 6', 'loud 7']);
});

it('when full takes only what can take the place of an older call of the same key', () => {
  const page = new JournalPage();
  page.addCall('known', call(1), 3, false);

  expect(page.addCall('known', call(2), 3, true)).toBe('replaced');
  expect(page.addCall('other', call(3), 3, true)).toBe('dropped');
  expect(keptBy(page)).toEqual(['known 2']);
});
