import type { Ticket } from '../../api/types.js';
import { inOldOrder } from './calm-list.js';

const tickets = (words: string) =>
  words.split(' ').map((word) => ({ id: word[0], subject: word }) as unknown as Ticket);
const told = (list: Ticket[]) => list.map(({ subject }) => subject).join(' ');

describe('a list that is pointed at', () => {
  it('keeps every row in its place, each in its newest state', () => {
    expect(told(inOldOrder(tickets('a b c'), tickets('c2 a b')))).toBe('a b c2');
  });

  it('keeps what has left and leaves out what has come before its end', () => {
    expect(told(inOldOrder(tickets('a b c'), tickets('new a c')))).toBe('a b c');
  });

  it('grows at its end as further pages come', () => {
    expect(told(inOldOrder(tickets('a b'), tickets('a b c d')))).toBe('a b c d');
  });
});
