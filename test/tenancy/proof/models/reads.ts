import { TABLES } from '../catalog/registry.js';
import type { Attack, Expectation, Target } from './attack.js';
import type { Row } from './samples.js';
import type { ModelShape } from './shape.js';

/** `{ organizationId_id: { … } }`, or `{ id: … }` for a key of one field: how Prisma names a row. */
export function keyOf(fields: string[], row: Row): Row {
  if (fields.length === 1) return { [fields[0]!]: row[fields[0]!] };
  return { [fields.join('_')]: Object.fromEntries(fields.map((field) => [field, row[field]])) };
}

/** The attacks on a model that read. `own` is the attacker's row, `shapes` all models. */
export function readAttacks(
  shape: ModelShape,
  own: Row,
  shapes: Map<string, ModelShape>,
): Attack[] {
  const attacks: Attack[] = [];
  const add = (
    operation: string,
    how: string,
    expects: Expectation,
    args: (row: Row, target: Target) => unknown,
  ): void => {
    attacks.push({
      name: `${shape.delegate}.${operation}: ${how}`,
      model: shape.model,
      operation,
      expects,
      writes: false,
      oracle: expects === 'nothing',
      args: (target) => args(target(shape.model), target),
      run: (client, given) => client[shape.delegate]![operation]!(given),
    });
  };
  addLookUps(shape, own, add);
  addCounts(shape, add);
  addRelations(shape, own, shapes, add);
  attacks.push(...fluent(shape, own));
  return attacks;
}

type Add = (
  operation: string,
  how: string,
  expects: Expectation,
  args: (row: Row, target: Target) => unknown,
) => void;

function addLookUps(shape: ModelShape, own: Row, add: Add): void {
  const [primary] = shape.uniques as [string[]];
  for (const key of shape.uniques) {
    add('findUnique', `by ${key.join(' and ')}`, 'nothing', (row) => ({ where: keyOf(key, row) }));
    add('findUniqueOrThrow', `by ${key.join(' and ')}`, 'nothing', (row) => ({
      where: keyOf(key, row),
    }));
  }
  const ids = primary.filter((field) => field !== shape.tenantField || primary.length === 1);
  const byIds = (row: Row): Row => Object.fromEntries(ids.map((field) => [field, row[field]]));
  const isTelling = ids.includes('id') || shape.tenantField === null;
  if (isTelling) {
    for (const operation of ['findFirst', 'findFirstOrThrow', 'findMany', 'count']) {
      add(operation, 'by its id alone', 'nothing', (row) => ({ where: byIds(row) }));
    }
    add('findFirst', 'by its id, or anything', 'own', (row) => ({
      where: { OR: [byIds(row), { NOT: byIds(row) }] },
    }));
  }
  add('findMany', 'everything', 'own', () => ({}));
  if ((TABLES[shape.table]?.app ?? []).includes('select')) {
    add('findMany', 'its own row (control)', 'success', () => ({
      where: Object.fromEntries(primary.map((field) => [field, own[field]])),
    }));
  }
  add('findFirst', 'whatever comes', 'own', () => undefined);
  const field = shape.tenantField;
  if (field === null) return;
  const theirs = (row: Row): Row => ({ [field]: row[field] });
  for (const operation of ['findFirst', 'findFirstOrThrow', 'findMany', 'count']) {
    add(operation, 'by the organization', 'nothing', (row) => ({ where: theirs(row) }));
    add(operation, 'by the organization, behind OR', 'nothing', (row) => ({
      where: { OR: [theirs(row), { AND: [theirs(row)] }] },
    }));
  }
  add('findMany', 'of a list of organizations', 'nothing', (row) => ({
    where: { [field]: { in: [row[field]] } },
  }));
  add('findMany', 'of all organizations but one', 'own', (row) => ({
    where: { NOT: { [field]: row[field] } },
  }));
  add('findMany', 'in the order of organizations, without repeats', 'own', () => ({
    orderBy: { [field]: 'desc' },
    distinct: [field],
  }));
  add('findMany', 'from a cursor on', 'own', (row) => ({ cursor: keyOf(primary, row), take: 5 }));
  add('findMany', 'with the organization undefined', 'own', () => ({
    where: { [field]: undefined },
  }));
}

function addCounts(shape: ModelShape, add: Add): void {
  const comparable = shape.scalars.filter(
    ({ type }) => !['Bytes', 'Json', 'Boolean'].includes(type),
  );
  const names = comparable
    .map(({ name }) => name)
    .filter((name) => !['tags', 'scopes'].includes(name));
  const each = Object.fromEntries(names.map((name) => [name, true]));
  add('aggregate', 'least and greatest of everything', 'own', () => ({
    _count: true,
    _min: each,
    _max: each,
  }));
  add('groupBy', 'every value', 'own', () => ({ by: names, _count: true }));
  const field = shape.tenantField;
  if (field === null) return;
  add('aggregate', 'of the organization', 'nothing', (row) => ({
    where: { [field]: row[field] },
    _count: true,
    _min: each,
  }));
  add('groupBy', 'of the organization', 'nothing', (row) => ({
    by: [field],
    where: { [field]: row[field] },
    _count: true,
  }));
  add('groupBy', 'having the organization', 'nothing', (row) => ({
    by: [field],
    having: { [field]: { equals: row[field] } },
    _count: true,
  }));
}

function addRelations(
  shape: ModelShape,
  own: Row,
  shapes: Map<string, ModelShape>,
  add: Add,
): void {
  const primary = shape.uniques[0]!;
  for (const { name, target, isList } of shape.relations) {
    const field = shapes.get(target)!.tenantField;
    const theirs = (pick: Target): Row => {
      const row = pick(target);
      return field === null ? { id: row.id } : { [field]: row[field] };
    };
    if (isList) {
      add('findMany', `that have ${name} of the other`, 'nothing', (_, pick) => ({
        where: { [name]: { some: theirs(pick) } },
      }));
      add('count', `that have ${name} of the other`, 'nothing', (_, pick) => ({
        where: { [name]: { some: theirs(pick) } },
      }));
      add('findMany', `whose every ${name} is not the other's`, 'own', (_, pick) => ({
        where: { [name]: { every: { NOT: theirs(pick) } } },
      }));
      add('findMany', `with the ${name} of the other beside them`, 'own', (_, pick) => ({
        include: { [name]: { where: theirs(pick) } },
      }));
      add('findMany', `with a count of ${name}`, 'own', () => ({
        select: { _count: { select: { [name]: true } } },
      }));
      add('findMany', `in the order of how many ${name}`, 'own', () => ({
        orderBy: { [name]: { _count: 'desc' } },
      }));
    } else {
      add('findMany', `whose ${name} is the other's`, 'nothing', (_, pick) => ({
        where: { [name]: { is: theirs(pick) } },
      }));
      add('findMany', `whose ${name} is not the other's`, 'own', (_, pick) => ({
        where: { [name]: { isNot: theirs(pick) } },
      }));
      add('findMany', `in the order of ${name}`, 'own', () => ({
        orderBy: { [name]: { id: 'asc' } },
      }));
    }
    const further = Object.fromEntries(
      shapes.get(target)!.relations.map((relation) => [relation.name, true]),
    );
    for (const strategy of ['join', 'query']) {
      add('findMany', `with ${name} and all that hangs on it, by ${strategy}`, 'own', () => ({
        include: { [name]: Object.keys(further).length > 0 ? { include: further } : true },
        relationLoadStrategy: strategy,
      }));
    }
    add('findUnique', `its own row, with ${name}`, 'own', () => ({
      where: keyOf(primary, own),
      include: { [name]: true },
    }));
  }
}

/** `client.ticket.findUnique(…).requester()`. */
function fluent(shape: ModelShape, own: Row): Attack[] {
  const primary = shape.uniques[0]!;
  return shape.relations.flatMap(({ name }) =>
    (['nothing', 'own'] as const).map(
      (expects) =>
        ({
          name: `${shape.delegate}.findUnique: ${name} of ${expects === 'own' ? 'its own row' : 'the other'}, fluently`,
          model: shape.model,
          operation: 'findUnique',
          expects,
          writes: false,
          oracle: expects === 'nothing',
          args: (target: Target) => ({
            where: keyOf(primary, expects === 'own' ? own : target(shape.model)),
          }),
          run: (client, given) => {
            const found = client[shape.delegate]!.findUnique!(given) as unknown as Record<
              string,
              () => PromiseLike<unknown>
            >;
            return found[name]!();
          },
        }) satisfies Attack,
    ),
  );
}
