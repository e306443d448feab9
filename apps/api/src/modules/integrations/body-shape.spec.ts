import { shapeOf } from './body-shape.js';

it('tells names and sizes and no value', () => {
  const shape = shapeOf({
    subject: 'A secret subject',
    requester: { email: 'rita@customer.example', vip: true, age: 41, note: null },
    tags: ['one', 'two'],
    none: [],
  });

  expect(shape).toEqual({
    type: 'object',
    fields: {
      subject: { type: 'string', length: 16 },
      requester: {
        type: 'object',
        fields: {
          email: { type: 'string', length: 21 },
          vip: { type: 'boolean' },
          age: { type: 'number' },
          note: { type: 'null' },
        },
      },
      tags: { type: 'array', length: 2, items: { type: 'string', length: 3 } },
      none: { type: 'array', length: 0 },
    },
  });
});

it('is null for nothing, and bytes are bytes', () => {
  expect(shapeOf(undefined)).toBeNull();
  expect(shapeOf(null)).toBeNull();
  expect(shapeOf(Buffer.from('From: rita'))).toEqual({ type: 'bytes', length: 10 });
});

it('is bounded in width, in depth and in the length of names', () => {
  const wide = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, n) => [`${n}`.repeat(40), n]),
  );
  const deep = JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`);

  for (const body of [wide, deep, { wide, deep }, [wide]]) {
    expect(JSON.stringify(shapeOf(body)).length).toBeLessThan(8_000);
    expect(JSON.stringify(shapeOf(body))).toContain('"andMore":true');
  }
});

it('writes no name that Postgres could not store', () => {
  const shape = shapeOf({ [`${'a'.repeat(59)}😀`]: 1, 'nul\0nul': 2, '\ud800': 3 });

  const text = JSON.stringify(shape);
  expect(text).not.toMatch(/\\u0000|\\ud8/);
  expect(text).toContain('"nulnul"');
});

it('keeps a name that would be another thing in a plain object', () => {
  const body = JSON.parse('{"__proto__": {"x": 1}, "constructor": 1}');

  const shape = JSON.parse(JSON.stringify(shapeOf(body)));

  expect(Object.keys(shape.fields)).toEqual(['__proto__', 'constructor']);
});
