import type { TenantModels } from './tenant-models.js';

/** A query that lock 2 does not let through. A programming error: the message names the model and the reason. */
export class TenantScopeViolation extends Error {
  override readonly name = 'TenantScopeViolation';
}

type Json = Record<string, unknown>;

/** The arguments of the operations that find rows. */
const FIND: readonly string[] = [
  'where',
  'select',
  'include',
  'omit',
  'orderBy',
  'cursor',
  'take',
  'skip',
  'distinct',
  'relationLoadStrategy',
];

/** The operations of the tenant handle and the arguments that each may have. Everything else is refused. */
const OPERATIONS: Record<string, readonly string[]> = {
  findFirst: FIND,
  findFirstOrThrow: FIND,
  findMany: FIND,
  count: ['where', 'orderBy', 'take', 'skip', 'select'],
  aggregate: ['where', 'orderBy', 'take', 'skip', '_count', '_avg', '_sum', '_min', '_max'],
  groupBy: [
    'by',
    'where',
    'having',
    'orderBy',
    'take',
    'skip',
    '_count',
    '_avg',
    '_sum',
    '_min',
    '_max',
  ],
  create: ['data', 'select', 'omit'],
  createMany: ['data', 'skipDuplicates'],
  createManyAndReturn: ['data', 'skipDuplicates', 'select', 'omit'],
  updateMany: ['where', 'data', 'limit'],
  updateManyAndReturn: ['where', 'data', 'limit', 'select', 'omit'],
  deleteMany: ['where', 'limit'],
};

/** The names of the operations that the tenant handle has. */
export const TENANT_OPERATIONS = Object.keys(OPERATIONS);

const LOGICAL = new Set(['AND', 'OR', 'NOT']);
const TO_MANY_FILTERS = new Set(['some', 'every', 'none']);
const TO_ONE_FILTERS = new Set(['is', 'isNot']);

/**
 * Lock 2: rewrites the arguments of one Prisma call so that they can only speak of `organizationId`'s rows.
 *
 * Adds the organization to the root `where` and `data`, to every relation filter and nested read; refuses a
 * foreign organization, nested writes, relations to tables of the deployment, `cursor` (we page by key in
 * `where`), and any operation or argument that it does not know. A second opinion: row level security and the
 * keys below it hold without it.
 */
export class TenantScope {
  constructor(
    private readonly models: TenantModels,
    private readonly organizationId: string,
  ) {}

  /** The scoped copy of `args`. Throws {@link TenantScopeViolation}. */
  apply(model: string, operation: string, args: Json | undefined): Json {
    const known = OPERATIONS[operation];
    if (known === undefined) this.#refuse(model, `the operation ${operation} is not scoped`);
    if (!this.models.isTenant(model)) this.#refuse(model, 'it is not a table of the organization');
    const scoped: Json = {};
    for (const [name, value] of Object.entries(args ?? {})) {
      if (!known.includes(name))
        this.#refuse(model, `the argument ${name} of ${operation} is not scoped`);
      if (name === 'cursor')
        this.#refuse(model, 'a cursor names a row by its key; page by `where`');
      if (name === 'select' || name === 'include')
        scoped[name] = this.#selection(model, value as Json);
      // A row is stamped when it is made. An update leaves the column alone: its role may change others only.
      else if (name === 'data')
        scoped.data = this.#data(model, value, operation.startsWith('create'));
      else if (name !== 'where') scoped[name] = value;
    }
    if (known.includes('where')) scoped.where = this.#where(model, args?.where as Json | undefined);
    return scoped;
  }

  #where(model: string, where: Json | undefined): Json {
    const field = this.models.tenantField(model);
    return { AND: [this.#filter(model, where ?? {}), { [field]: this.organizationId }] };
  }

  #filter(model: string, where: Json): Json {
    const filter: Json = {};
    for (const [name, value] of Object.entries(where)) {
      if (value === undefined) this.#refuse(model, `${name} is undefined in a filter`);
      if (LOGICAL.has(name)) {
        filter[name] = Array.isArray(value)
          ? value.map((part) => this.#filter(model, part as Json))
          : this.#filter(model, value as Json);
        continue;
      }
      const field = this.models.field(model, name);
      if (field === undefined) this.#refuse(model, `the filter ${name} is not scoped`);
      if (field.kind === 'object')
        filter[name] = this.#relationFilter(model, name, field.type, value);
      else filter[name] = this.#ownOrganization(model, name, value);
    }
    return filter;
  }

  #relationFilter(model: string, name: string, target: string, value: unknown): unknown {
    if (!this.models.isTenant(target))
      this.#refuse(model, `${name} filters by a table of the deployment`);
    if (value === null) return null;
    const filter: Json = {};
    for (const [key, inner] of Object.entries(value as Json)) {
      if (TO_MANY_FILTERS.has(key)) {
        // `every` with the organization added would be false for rows that are out of reach anyway.
        filter[key] =
          key === 'every'
            ? this.#filter(target, inner as Json)
            : this.#where(target, inner as Json);
      } else if (TO_ONE_FILTERS.has(key)) {
        filter[key] = inner === null ? null : this.#where(target, inner as Json);
      } else {
        // The short form, `requester: { email }`.
        return { is: this.#where(target, value as Json) };
      }
    }
    return filter;
  }

  #selection(model: string, selection: Json): Json {
    const scoped: Json = {};
    for (const [name, value] of Object.entries(selection)) {
      if (name === '_count') {
        scoped._count = this.#count(model, value);
        continue;
      }
      const field = this.models.field(model, name);
      if (field === undefined && name !== '_all')
        this.#refuse(model, `the selected field ${name} is not known`);
      scoped[name] =
        field?.kind === 'object' && value !== false ? this.#relation(model, name, value) : value;
    }
    return scoped;
  }

  #relation(model: string, name: string, value: unknown): unknown {
    const field = this.models.field(model, name)!;
    const target = field.type;
    if (!this.models.isReadableThroughRelation(target))
      this.#refuse(model, `${name} leads to a table of the deployment`);
    // Every relation between tenant tables joins on the organization as well as the id (a test reads the schema for
    // it), so what hangs on a scoped row is scoped; only what the caller adds must be walked.
    if (value === true) return true;
    const scoped: Json = {};
    for (const [key, inner] of Object.entries(value as Json)) {
      if (key === 'select' || key === 'include') {
        if (!this.models.isTenant(target)) this.#leavesOnly(target, inner as Json);
        scoped[key] = this.#selection(target, inner as Json);
      } else if (key === 'where') scoped.where = this.#where(target, inner as Json);
      else if (['orderBy', 'take', 'skip', 'omit'].includes(key)) scoped[key] = inner;
      else this.#refuse(model, `the argument ${key} of ${name} is not scoped`);
    }
    return scoped;
  }

  /** From a table of the deployment nothing leads on: back out of it are other organizations' rows. */
  #leavesOnly(model: string, selection: Json): void {
    for (const name of Object.keys(selection)) {
      if (this.models.field(model, name)?.kind === 'object' || name === '_count') {
        this.#refuse(model, `${name} leads on from a table of the deployment`);
      }
    }
  }

  #count(model: string, value: unknown): unknown {
    if (value === true) this.#refuse(model, '_count must name the relations that it counts');
    const selected = (value as Json).select as Json | undefined;
    const scoped: Json = {};
    for (const [name, inner] of Object.entries(selected ?? {})) {
      const field = this.models.field(model, name);
      if (field?.kind !== 'object' || !this.models.isTenant(field.type))
        this.#refuse(model, `_count of ${name} is not scoped`);
      scoped[name] = {
        where: this.#where(field.type, inner === true ? {} : ((inner as Json).where as Json)),
      };
    }
    return { select: scoped };
  }

  #data(model: string, data: unknown, isNew: boolean): unknown {
    if (Array.isArray(data)) return data.map((row) => this.#data(model, row, isNew));
    const scoped: Json = {};
    for (const [name, value] of Object.entries(data as Json)) {
      const field = this.models.field(model, name);
      if (field === undefined) this.#refuse(model, `the written field ${name} is not known`);
      if (field.kind === 'object')
        this.#refuse(model, `${name} is a nested write: write each table by itself`);
      if (value === undefined) this.#refuse(model, `${name} is undefined in data`);
      scoped[name] = this.#ownOrganization(model, name, value);
    }
    if (isNew) scoped[this.models.tenantField(model)] = this.organizationId;
    return scoped;
  }

  /** `organizationId` may be said, but only the current one, and only as a plain value. */
  #ownOrganization(model: string, name: string, value: unknown): unknown {
    if (name === this.models.tenantField(model) && value !== this.organizationId) {
      this.#refuse(model, `${name} is not the organization in context`);
    }
    return value;
  }

  #refuse(model: string, reason: string): never {
    throw new TenantScopeViolation(`${model}: ${reason}`);
  }
}
