import {
  anything,
  flag,
  id,
  integer,
  listOf,
  mapOf,
  mismatchOf,
  nullable,
  object,
  oneOf,
  text,
  time,
  type ValueSchema,
} from './event-schema.js';

const AN_ID = '01a1feaa-63b1-7742-8d15-01d6cb3dffa2';
const thing = object({ name: text, 'size?': integer });

describe('a value in an event', () => {
  it.each<[string, ValueSchema, unknown]>([
    ['text', text, 'x'],
    ['a whole number', integer, 3],
    ['a flag', flag, false],
    ['an id', id, AN_ID],
    ['a time as JSON has it', time, '2026-11-21T15:07:30.893Z'],
    ['a time as the code has it', time, new Date(0)],
    ['null where it may be', nullable(text), null],
    ['one of the words', oneOf('a', 'b'), 'b'],
    ['null beside the words', nullable(oneOf('a', 'b')), null],
    ['a list', listOf(integer), [1, 2]],
    ['a map', mapOf(text), { any: 'thing' }],
    ['anything', anything, { any: ['thing'] }],
    ['an object', thing, { name: 'x', size: 1 }],
    ['an object without what may be missing', thing, { name: 'x', size: undefined }],
    ['an object with more, where that is said', object({ '*': text }), { other: 'x' }],
  ])('may be %s', (_, schema, value) => {
    expect(mismatchOf(schema, value, 'data')).toBeNull();
  });

  it.each<[ValueSchema, unknown, string]>([
    [text, 1, 'data is integer and not string'],
    [text, null, 'data is null and not string'],
    [integer, 1.5, 'data is number and not integer'],
    [id, 'x', 'data is no id'],
    [time, 'yesterday', 'data is no time'],
    [oneOf('a', 'b'), 'c', 'data is "c" and not one of a, b'],
    [listOf(integer), [1, 'x'], 'data[1] is string and not integer'],
    [mapOf(text), { any: 1 }, 'data.any is integer and not string'],
    [thing, {}, 'data.name is missing'],
    [thing, { name: undefined }, 'data.name is missing'],
    [thing, { name: 'x', more: 1 }, 'data.more is not declared'],
    [object({ thing }), { thing: { name: 1 } }, 'data.thing.name is integer and not string'],
  ])('of %j is not %j', (schema, value, mismatch) => {
    expect(mismatchOf(schema, value, 'data')).toBe(mismatch);
  });

  it('is let through where it stands for what is not known yet', () => {
    expect(
      mismatchOf(object({ number: integer }), { number: 'place' }, 'data', ['place']),
    ).toBeNull();
  });
});
