import { COUNTED_AT_MOST, limitSql, type PageRequest } from '#core/database/page.js';
import {
  preparedStatement,
  statementOfShape,
  type PreparedStatement,
} from '#core/database/prepared-statement.js';
import { conditionsOf, type TrailFilter, type TrailScope } from './trail.js';

export interface Query {
  statement: PreparedStatement;
  values: unknown[];
}

const COLUMNS = `e.organization_id as "organizationId", e.seq, e.id, e.type, e.occurred_at as "occurredAt",
  e.actor_type as "actorType", e.actor_id as "actorId", e.subject_type as "subjectType", e.subject_id as "subjectId",
  e.data, e.changes, e.request_id as "requestId", e.causation_id as "causationId", e.operation_id as "operationId", e.depth`;

/** What the hashes are made of and are. */
const CHAIN_COLUMNS = `${COLUMNS}, e.on_behalf_of as "onBehalfOf", encode(e.data_hash, 'hex') as "dataHash",
  encode(e.prev_hash, 'hex') as "prevHash", encode(e.hash, 'hex') as hash`;

/** The name of whoever did it, as it is now; people and keys stay when they have left. */
const ACTOR_NAME = `case e.actor_type
  when 'user' then (select m.name from memberships m where m.organization_id = e.organization_id and m.id = e.actor_id)
  when 'api_key' then (select k.name from api_keys k where k.organization_id = e.organization_id and k.id = e.actor_id)
  when 'staff' then (select s.name from known_staff s where s.organization_id = e.organization_id and s.id = e.actor_id)
  end as "actorName"`;

/** A page of the trail, the newest first, and beside it a count that stops at {@link COUNTED_AT_MOST}. */
export function trailPage(filter: TrailFilter, page: PageRequest): Query {
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const conditions = conditionsOf(filter, 'trail', add);
  const counted = conditions.join(' and ');
  if (page.cursor) conditions.push(`e.seq < ${add(page.cursor.key)}::bigint`);
  const text = `select ${COLUMNS}, ${ACTOR_NAME},
    (select count(*)::int from (select from ledger_events e where ${counted} limit ${COUNTED_AT_MOST}) c) as "counted"
    from ledger_events e where ${conditions.join(' and ')}
    order by e.organization_id desc, e.seq desc ${limitSql(page, add)}`;
  return { statement: statementOfShape('trail_page', text), values };
}

/** Up to `limit` events after `after` and not after `upTo`, in order, with their hashes. */
export function logStretch(
  filter: TrailFilter,
  scope: TrailScope,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Query {
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const conditions = conditionsOf(filter, scope, add);
  conditions.push(`e.seq > ${add(after)}::bigint`, `e.seq <= ${add(upTo)}::bigint`);
  const text = `select ${CHAIN_COLUMNS} from ledger_events e where ${conditions.join(' and ')}
    order by e.organization_id, e.seq limit ${add(limit)}`;
  return { statement: statementOfShape('log_stretch', text), values };
}

/** Where the log ends. */
export const logHead = preparedStatement(
  'log_head',
  `select organization_id as "organizationId", seq, encode(hash, 'hex') as hash from ledger_heads`,
);
