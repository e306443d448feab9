import { COUNTED_AT_MOST, limitSql, type PageRequest } from '#core/database/page.js';
import { statementOfShape, type PreparedStatement } from '#core/database/prepared-statement.js';
import type { UserStatus } from './user-terms.js';

/** Words of a search that are looked at. */
const MOST_WORDS = 8;

export interface UserFilter {
  /** Absent, everybody but those who were removed. */
  status?: UserStatus | undefined;
  /** Words that must all stand in the name or the address. */
  q?: string | undefined;
}

/** A row of the list: times are text already. */
export interface ListedUser {
  id: string;
  name: string;
  email: string;
  role: string;
  roleId: string | null;
  roleName: string | null;
  status: string;
  lastActiveAt: string | null;
  createdAt: string;
  counted: number;
}

/**
 * The list as one statement. By hand, because its words also search the address, which is of the deployment's own
 * table: the tenant handle lets no filter lead there, and here row level security shows of it only the organization's people.
 */
export function userList(
  { status, q = '' }: UserFilter,
  page: PageRequest,
): { statement: PreparedStatement; values: unknown[] } {
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [
    status === undefined ? `m.status <> 'removed'` : `m.status = ${add(status)}`,
    ...wordsOf(q).map((word) => {
      const pattern = add(`%${word.replace(/[\\%_]/g, '\\$&')}%`);
      return `(m.name ilike ${pattern} or i.email ilike ${pattern})`;
    }),
  ];
  const from = 'from memberships m join identities i on i.id = m.identity_id';
  const counted = `(select count(*)::int from (select ${from} where ${conditions.join(' and ')}
    limit ${COUNTED_AT_MOST}) c)`;
  if (page.cursor) {
    conditions.push(
      `(m.created_at, m.id) < (${add(page.cursor.key)}::timestamptz, ${add(page.cursor.id)}::uuid)`,
    );
  }
  const text = `select m.id, m.name, i.email, m.role, m.role_id as "roleId", r.name as "roleName", m.status,
    m.last_active_at as "lastActiveAt", m.created_at as "createdAt", ${counted} as "counted"
    ${from} left join roles r on r.organization_id = m.organization_id and r.id = m.role_id
    where ${conditions.join(' and ')}
    order by m.created_at desc, m.id desc ${limitSql(page, add)}`;
  return { statement: statementOfShape('user_list', text), values };
}

function wordsOf(q: string): string[] {
  return q
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}
