import type { AnyClient, Attack } from '../models/attack.js';
import type { Arsenal } from '../models/models.js';
import type { Row } from '../models/samples.js';
import { referring, rowReferring } from '../models/writes.js';

/**
 * With a key gone, a row of the attacker's own can be made to name one of the other organization's: nothing else
 * looks at that. What the other locks must stop is that anything comes of it. Each attack stores the reference and
 * then looks through it, in every way that a relation can be read.
 */
export function referenceAttacks({ shapes, samples, spare }: Arsenal, key: string): Attack[] {
  const shape = shapes.find(({ references }) => references.some(({ name }) => name === key))!;
  const reference = shape.references.find(({ name }) => name === key)!;
  const own = samples.own.get(shape.model)!;
  const where = Object.fromEntries(shape.uniques[0]!.map((field) => [field, own[field]]));
  const relations = shape.relations.filter(({ target }) => target === reference.target);
  const looks: [string, Row | undefined][] = [
    ['at the row', undefined],
    ...relations.flatMap(({ name, target }): [string, Row][] => {
      const there = shapes.find(({ model }) => model === target)!;
      const further = Object.fromEntries(there.relations.map((relation) => [relation.name, true]));
      return [
        [`through ${name}`, { include: { [name]: true }, relationLoadStrategy: 'join' }],
        [
          `through ${name}, by a second query`,
          { include: { [name]: true }, relationLoadStrategy: 'query' },
        ],
        [`through ${name} and on`, { include: { [name]: { include: further } } }],
        [
          `for ${name} that are there`,
          { where: { [name]: { isNot: { id: own.id } } }, include: { [name]: true } },
        ],
      ];
    }),
  ];
  const ways: [string, (data: unknown) => unknown, (row: Row) => unknown][] = [
    [
      'createMany',
      (data) => ({ data: [data] }),
      (row) => rowReferring(shape, reference, own, spare[shape.model], row),
    ],
    ['updateMany', (data) => ({ where, data }), (row) => referring(shape, reference, row).named],
  ];
  return ways.flatMap(([operation, write, make]) =>
    looks.map(([how, look]): Attack => ({
      name: `${shape.delegate}.${operation}: names a row of the other, then looks ${how}`,
      model: shape.model,
      operation,
      expects: 'own',
      writes: true,
      oracle: false,
      // The attacker sends nothing but its own row and the reference; whatever else comes back was told.
      args: (target) => make(target(reference.target)),
      run: async (client: AnyClient, data) => {
        await client[shape.delegate]![operation]!(write(data));
        return client[shape.delegate]!.findMany!({ ...look });
      },
    })),
  );
}
