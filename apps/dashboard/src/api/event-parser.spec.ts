import { eventParser } from './event-parser.js';

const stream =
  'retry: 2000\n\n: still here\n\nid: 7\nevent: ticket.created\ndata: {"a":1}\n\nid: 8\ndata: x\ndata: y\n\n';

describe('the event parser', () => {
  const events = [
    { id: '7', type: 'ticket.created', data: '{"a":1}' },
    { id: '8', type: 'message', data: 'x\ny' },
  ];

  it('reads events and skips comments', () => {
    expect(eventParser()(stream)).toEqual(events);
  });

  it('does not care where the chunks are cut', () => {
    const parse = eventParser();
    expect([...stream].flatMap((letter) => parse(letter))).toEqual(events);
  });

  it('keeps an unfinished event until the rest is there', () => {
    const parse = eventParser();
    expect(parse('id: 9\ndata: z')).toEqual([]);
    expect(parse('\n\n')).toEqual([{ id: '9', type: 'message', data: 'z' }]);
  });
});
