import { Injectable } from '@nestjs/common';
import { isId } from '#core/context/ids.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import {
  parseConditions,
  type TicketConditions,
  type TicketFilter,
} from '#modules/tickets/ticket-list.service.js';
import type { SearchQuery } from './search-query.js';
import { idsByName } from './search.sql.js';

interface Condition {
  field: string;
  operator: string;
  value?: unknown;
}

const FIELDS: Partial<Record<string, string>> = {
  assignee: 'assigneeId',
  team: 'teamId',
  company: 'companyId',
  customer: 'requesterId',
};
const NOBODY = ['none', 'nobody'];
const MARKS: Record<string, Condition> = {
  'has:attachment': { field: 'attachment', operator: 'is', value: true },
  'is:snoozed': { field: 'snoozed', operator: 'is', value: true },
  'is:merged': { field: 'merged', operator: 'is', value: true },
  'is:unassigned': { field: 'assigneeId', operator: 'is_empty' },
};

interface Reader {
  /** Who "me" is. */
  id: string;
  /** Whether customers and companies are for them. */
  customers: boolean;
}

/** The filters of a search as conditions of the list of tickets. */
@Injectable()
export class SearchFilters {
  constructor(private readonly db: TenantDb) {}

  /**
   * What the filters of `query` ask for; null when there is none. A key that is said twice lets either through, but of
   * tags both. Throws ValidationFailed for a name or value that is none, and for the name of a company when customers
   * are not for the reader.
   */
  async read(
    { filters }: SearchQuery,
    { id: me, customers }: Reader,
  ): Promise<TicketFilter | null> {
    if (filters.length === 0) return null;
    const named = await this.#named(filters, customers);
    const groups = new Map<string, Condition[]>();
    filters.forEach(({ key, value }, at) => {
      const isAlone = ['tag', 'has', 'is', 'after', 'before'].includes(key);
      const group = isAlone ? `${key}${at}` : key;
      const conditions = value
        .split(isAlone || named.has(`${key}|${value}`) ? '\n' : ',')
        .map((one) => this.#condition(key, one.trim(), named));
      groups.set(group, [...(groups.get(group) ?? []), ...conditions]);
    });
    const parts = [...groups.values()].map((any) => (any.length === 1 ? any[0]! : { any }));
    return { me, conditions: this.#checked({ all: parts }, filters) };
  }

  /** The message of a wrong value names it by what was written and not by where it ended up. */
  #checked(conditions: object, filters: SearchQuery['filters']): TicketConditions {
    try {
      return parseConditions(conditions);
    } catch (error) {
      if (!(error instanceof ValidationFailed)) throw error;
      const [first] = error.details as { field: string; problem: string }[];
      const at = Number(/all\.(\d+)/.exec(first!.field)?.[1] ?? 0);
      const { key } = filters[Math.min(at, filters.length - 1)]!;
      throw new ValidationFailed([
        { field: 'q', problem: `has a filter that is none, ${key}: ${first!.problem}` },
      ]);
    }
  }

  #condition(key: string, value: string, named: ReadonlyMap<string, string[]>): Condition {
    const field = FIELDS[key];
    const low = value.toLowerCase();
    if (key === 'has' || key === 'is') {
      const mark = MARKS[`${key}:${low}`];
      if (mark) return mark;
      throw new ValidationFailed([
        {
          field: 'q',
          problem: `has an unknown mark, ${key}:${value}: there are ${Object.keys(MARKS).join(', ')}`,
        },
      ]);
    }
    if (key === 'after' || key === 'before') return { field: 'createdAt', operator: key, value };
    if (field === undefined)
      return { field: key, operator: 'is', value: key === 'tag' ? value : low };
    if (NOBODY.includes(low) && key !== 'customer') return { field, operator: 'is_empty' };
    if ((key === 'assignee' && low === 'me') || (key === 'team' && low === 'mine'))
      return { field, operator: 'is', value: low };
    if (isId(low)) return { field, operator: 'is', value: low };
    return { field, operator: 'in', value: named.get(`${key}|${value}`) };
  }

  /** Throws ValidationFailed for a name that nobody and nothing has. */
  async #named(
    filters: SearchQuery['filters'],
    customers: boolean,
  ): Promise<Map<string, string[]>> {
    const asked = filters.filter(
      ({ key, value }) =>
        FIELDS[key] !== undefined &&
        !isId(value.toLowerCase()) &&
        ![...NOBODY, 'me', 'mine'].includes(value.toLowerCase()),
    );
    if (asked.length === 0) return new Map();
    // Not "there is none": that would be untrue of some, and an answer of its own about others.
    if (!customers && asked.some(({ key }) => key === 'company'))
      throw new ValidationFailed([
        {
          field: 'q',
          problem: 'has company: with a name, which needs the permission customers:read',
        },
      ]);
    const rows = await this.db.sql<{ kind: string; name: string; id: string }>(idsByName, [
      asked.map(({ key }) => key),
      asked.map(({ value }) => value),
      customers,
    ]);
    const found = new Map<string, string[]>();
    for (const { kind, name, id } of rows)
      found.set(`${kind}|${name}`, [...(found.get(`${kind}|${name}`) ?? []), id]);
    const lost = asked.find(({ key, value }) => !found.has(`${key}|${value}`));
    if (lost)
      throw new ValidationFailed([
        {
          field: 'q',
          problem: `names ${lost.key}:"${lost.value}", and there is none by that name`,
        },
      ]);
    return found;
  }
}
