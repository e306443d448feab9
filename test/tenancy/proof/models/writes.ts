import { TABLES } from '../catalog/registry.js';
import type { Attack, Expectation, Target } from './attack.js';
import { keyOf } from './reads.js';
import { fresh, type Row } from './samples.js';
import type { ModelShape, Reference } from './shape.js';

type Add = (
  operation: string,
  how: string,
  expects: Expectation,
  args: (row: Row, target: Target) => unknown,
  more?: Partial<Attack>,
) => void;

/** Rows that a further one of the attacker's can refer to where a key allows each but once. */
export type Spare = Record<string, Row>;

/** The attacks on a model that write. */
export function writeAttacks(
  shape: ModelShape,
  own: Row,
  shapes: Map<string, ModelShape>,
  spare: Spare,
): Attack[] {
  const attacks: Attack[] = [];
  const add: Add = (operation, how, expects, args, more = {}) => {
    attacks.push({
      name: `${shape.delegate}.${operation}: ${how}`,
      model: shape.model,
      operation,
      expects,
      writes: true,
      oracle: false,
      args: (target) => args(target(shape.model), target),
      run: (client, given) => client[shape.delegate]![operation]!(given),
      ...more,
    });
  };
  const like = (): Row => ({ ...fresh(shape, own), ...spare[shape.model] });
  addCreations(shape, like, add);
  addReferences(shape, own, spare[shape.model], add);
  addChanges(shape, own, like, add);
  addNested(shape, own, shapes, like, add);
  return attacks;
}

function mayDo(shape: ModelShape, privilege: string): boolean {
  return (TABLES[shape.table]?.app ?? []).includes(privilege);
}

/** Models whose rows the client cannot make, so that there is nothing to compare its refusals with. */
const NOT_PRISMAS_TO_MAKE: Record<string, string> = {
  SearchTicket: 'its vectors are of a type that the client does not have',
};

function addCreations(shape: ModelShape, like: () => Row, add: Add): void {
  const field = shape.tenantField;
  const isOnlyOne = shape.uniques[0]!.every((name) => name === field);
  if (mayDo(shape, 'insert') && !isOnlyOne && !(shape.model in NOT_PRISMAS_TO_MAKE)) {
    add('createMany', 'a row of its own (control)', 'success', () => ({ data: [like()] }), {
      rolledBack: true,
    });
  }
  if (field === null) {
    for (const operation of ['create', 'createMany', 'createManyAndReturn']) {
      const one = operation === 'create';
      add(operation, 'a row of the deployment', 'refusal', () => ({
        data: one ? like() : [like()],
      }));
    }
    return;
  }
  const theirs = (row: Row): Row => ({ ...like(), [field]: row[field] });
  add('create', "in the other's name", 'refusal', (row) => ({ data: theirs(row) }));
  add('createMany', "in the other's name", 'refusal', (row) => ({ data: [theirs(row)] }));
  add('createMany', "one of its own and one in the other's name", 'refusal', (row) => ({
    data: [like(), theirs(row)],
  }));
  add('createManyAndReturn', "in the other's name", 'refusal', (row) => ({ data: [theirs(row)] }));
  add('createManyAndReturn', "in the other's name, passing over repeats", 'refusal', (row) => ({
    data: [theirs(row)],
    skipDuplicates: true,
  }));
  // The attacker may have a row with any id that it likes: whether another has it must make no difference.
  for (const key of shape.uniques.filter((unique) => unique.some((name) => name !== field))) {
    const named = (row: Row): Row =>
      Object.fromEntries(key.filter((name) => name !== field).map((name) => [name, row[name]]));
    const isBound = shape.references.some(({ fields }) =>
      fields.some(([name]) => key.includes(name)),
    );
    if (isBound || !mayDo(shape, 'insert')) continue;
    add(
      'createMany',
      `with the other's ${key.join(' and ')}`,
      'own',
      (row) => ({ data: [{ ...like(), ...named(row) }] }),
      {
        rolledBack: true,
        oracle: true,
      },
    );
  }
}

/** Fields of which a row has exactly one. */
const ONE_OF: Record<string, string[]> = {
  Message: ['authorUserId', 'authorRequesterId', 'authorApiKeyId'],
};

/** What a row must say beside a reference for the tables to take it. */
const BESIDE: Record<string, Record<string, Row>> = Object.fromEntries(
  ['CannedReply', 'Macro', 'View'].map((model) => [
    model,
    { ownerId: { scope: 'personal' }, teamId: { scope: 'team' } },
  ]),
);

/** References by something that an organization's rows have and no other's: places in a log are counted by each. */
function tellingReferences(shape: ModelShape): Reference[] {
  return shape.references.filter(({ fields }) => fields.some(([name]) => name.endsWith('Id')));
}

/** The fields by which a row names `row`, and what must be empty beside them. */
export function referring(
  shape: ModelShape,
  reference: Reference,
  row: Row,
): { named: Row; without: string[] } {
  const named = Object.fromEntries(reference.fields.map(([here, there]) => [here, row[there]]));
  for (const [field, beside] of Object.entries(BESIDE[shape.model] ?? {}))
    if (field in named) Object.assign(named, beside);
  const alternatives = ONE_OF[shape.model] ?? [];
  const isOne = alternatives.some((name) => name in named);
  return { named, without: isOne ? alternatives.filter((name) => !(name in named)) : [] };
}

/** A row of the attacker's own that names `row`. */
export function rowReferring(
  shape: ModelShape,
  reference: Reference,
  own: Row,
  spare: Row | undefined,
  row: Row,
): Row {
  const { named, without } = referring(shape, reference, row);
  const made: Row = { ...fresh(shape, own), ...spare, ...named };
  for (const name of without) delete made[name];
  return made;
}

/** A scalar foreign key that names another organization's row. */
function addReferences(shape: ModelShape, own: Row, spare: Row | undefined, add: Add): void {
  const key = shape.uniques[0]!;
  for (const reference of tellingReferences(shape)) {
    const made = (target: Target): Row =>
      rowReferring(shape, reference, own, spare, target(reference.target));
    const change = (row: Row): Row => {
      const { named, without } = referring(shape, reference, row);
      return { ...named, ...Object.fromEntries(without.map((name) => [name, null])) };
    };
    const how = `with ${reference.fields.map(([name]) => name).join(', ')} of the other`;
    const theirs = (target: Target): Row => change(target(reference.target));
    add('create', how, 'refusal', (_, target) => ({ data: made(target) }), { oracle: true });
    add('createMany', how, 'refusal', (_, target) => ({ data: [made(target)] }), { oracle: true });
    add(
      'update',
      how,
      'refusal',
      (_, target) => ({ where: keyOf(key, own), data: theirs(target) }),
      { oracle: true },
    );
    add(
      'updateMany',
      how,
      'refusal',
      (_, target) => ({ where: pick(key, own), data: theirs(target) }),
      { oracle: true },
    );
    const mine: Row = Object.fromEntries(reference.fields.map(([name]) => [name, own[name]]));
    if (mayDo(shape, 'update') && reference.fields.every(([name]) => name in own)) {
      const control = `${how.replace('of the other', 'of its own')} (control)`;
      add('updateMany', control, 'success', () => ({ where: pick(key, own), data: mine }), {
        rolledBack: true,
      });
    }
  }
}

function addChanges(shape: ModelShape, own: Row, like: () => Row, add: Add): void {
  const key = shape.uniques[0]!;
  const data = changeOf(shape, own);
  const field = shape.tenantField;
  for (const unique of shape.uniques) {
    const by = `by ${unique.join(' and ')}`;
    add('update', by, 'refusal', (row) => ({ where: keyOf(unique, row), data }), { oracle: true });
    add('delete', by, 'refusal', (row) => ({ where: keyOf(unique, row) }), { oracle: true });
    add('upsert', by, 'refusal', (row) => ({
      where: keyOf(unique, row),
      update: data,
      create: { ...like(), ...pick(unique, row) },
    }));
  }
  if (field === null) {
    add('updateMany', 'everybody', 'refusal', () => ({ data }));
    add('updateManyAndReturn', 'everybody', 'refusal', () => ({ data }));
    add('deleteMany', 'everybody', 'refusal', () => ({}));
    return;
  }
  const theirs = (row: Row): Row => ({ [field]: row[field] });
  const conditions: [string, (row: Row) => Row][] = [
    ['by the organization', theirs],
    ['by its key, in fields', (row) => pick(key, row)],
    ['of all organizations', () => ({ NOT: { [field]: own[field] } })],
  ];
  for (const [how, where] of conditions) {
    add('updateMany', how, 'nothing', (row) => ({ where: where(row), data }), { oracle: true });
    add('updateManyAndReturn', how, 'nothing', (row) => ({ where: where(row), data }), {
      oracle: true,
    });
    add('deleteMany', how, 'nothing', (row) => ({ where: where(row) }), { oracle: true });
  }
  add('update', 'gives its own row to the other', 'refusal', (row) => ({
    where: keyOf(key, own),
    data: theirs(row),
  }));
  add('updateMany', 'gives its own rows to the other', 'refusal', (row) => ({
    where: {},
    data: theirs(row),
  }));
  add('updateMany', 'without a condition', 'own', () => ({ data }), { rolledBack: true });
  add('deleteMany', 'without a condition', 'own', () => ({}), { rolledBack: true });
}

/** Writes of one table by way of another. */
function addNested(
  shape: ModelShape,
  own: Row,
  shapes: Map<string, ModelShape>,
  like: () => Row,
  add: Add,
): void {
  const key = shape.uniques[0]!;
  const where = keyOf(key, own);
  for (const { name, target, isList } of shape.relations) {
    const there = shapes.get(target)!;
    const theirKey = (pickRow: Target): Row => keyOf(there.uniques[0]!, pickRow(target));
    const change = changeOf(there, {});
    const bound = shape.references
      .filter((reference) => reference.target === target)
      .flatMap(({ fields }) => fields.map(([field]) => field));
    const without = (row: Row): Row =>
      Object.fromEntries(
        Object.entries(row).filter(
          ([field]) => !bound.includes(field) && field !== 'organizationId',
        ),
      );
    const nested: [string, (row: Row, pickRow: Target) => unknown][] = [
      ['connect', (_, pickRow) => ({ connect: theirKey(pickRow) })],
      [
        'connectOrCreate',
        (_, pickRow) => ({
          connectOrCreate: { where: theirKey(pickRow), create: pickRow(target) },
        }),
      ],
      ['create', (_, pickRow) => ({ create: pickRow(target) })],
      [
        'update',
        (_, pickRow) => ({
          update: isList
            ? { where: theirKey(pickRow), data: change }
            : { where: { NOT: { id: own.id } }, data: change },
        }),
      ],
      [
        'upsert',
        (_, pickRow) => ({
          upsert: {
            where: isList ? theirKey(pickRow) : {},
            update: change,
            create: pickRow(target),
          },
        }),
      ],
    ];
    if (isList) {
      nested.push(
        ['set', (_, pickRow) => ({ set: [theirKey(pickRow)] })],
        ['disconnect', (_, pickRow) => ({ disconnect: [theirKey(pickRow)] })],
        ['delete', (_, pickRow) => ({ delete: [theirKey(pickRow)] })],
        [
          'updateMany',
          (_, pickRow) => ({
            updateMany: { where: pick(there.uniques[0]!, pickRow(target)), data: change },
          }),
        ],
        ['deleteMany', (_, pickRow) => ({ deleteMany: pick(there.uniques[0]!, pickRow(target)) })],
        ['createMany', (_, pickRow) => ({ createMany: { data: [without(pickRow(target))] } })],
      );
    }
    for (const [how, value] of nested) {
      // Some may end well for rows of the attacker's own; what counts is that nothing of the other's moves.
      add(
        'update',
        `${how} ${name} of the other through its own row`,
        'own',
        (row, pickRow) => ({ where, data: { [name]: value(row, pickRow) } }),
        { rolledBack: false },
      );
    }
    if (!isList) {
      add('create', `connect ${name} of the other`, 'refusal', (_, pickRow) => ({
        data: { ...without(like()), [name]: { connect: theirKey(pickRow) } },
      }));
    }
  }
}

/** A change that shows: the first column of words that no key and no reference is made of. */
function changeOf(shape: ModelShape, own: Row): Row {
  const taken = new Set([
    ...shape.uniques.flat(),
    ...shape.references.flatMap(({ fields }) => fields.map(([name]) => name)),
  ]);
  const free = shape.scalars.filter(({ name }) => !taken.has(name));
  // What the tenant role may change, if only some columns.
  const granted = /^update\((.*)\)$/
    .exec((TABLES[shape.table]?.app ?? []).find((grant) => grant.startsWith('update(')) ?? '')?.[1]
    ?.split(' ');
  const allowed = granted ? free.filter(({ column }) => granted.includes(column)) : free;
  const date = allowed.find(({ type }) => type === 'DateTime');
  const text = allowed.find(
    ({ type, name }) =>
      type === 'String' &&
      typeof (own[name] ?? '') === 'string' &&
      /name|subject|reason|error|agent/i.test(name),
  );
  if (text) return { [text.name]: 'changed by an attacker' };
  if (date) return { [date.name]: new Date(0) };
  const number =
    allowed.find(({ type }) => type === 'Int' || type === 'BigInt') ??
    shape.scalars.find(({ type }) => type === 'Int' || type === 'BigInt');
  return number ? { [number.name]: 1 } : { [shape.scalars[0]!.name]: own[shape.scalars[0]!.name] };
}

function pick(fields: string[], row: Row): Row {
  return Object.fromEntries(fields.map((field) => [field, row[field]]));
}
