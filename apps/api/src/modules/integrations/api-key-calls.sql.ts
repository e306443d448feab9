import { preparedStatement } from '#core/database/prepared-statement.js';
import type { Shape } from './body-shape.js';

/** Calls that are kept of each key. */
export const KEPT_CALLS = 100;

/** A call as it is written down. */
export interface CallRow {
  id: string;
  keyId: string;
  at: string;
  method: string;
  path: string;
  status: number;
  errorCode: string | null;
  duration: number;
  address: string;
  userAgent: string | null;
  requestId: string;
  body: Shape | null;
}

/**
 * Writes down what an organization's keys did since the last time, in one trip: $1 the calls (at most
 * {@link KEPT_CALLS} of a key), $2 the uses of secrets. What the new calls push out of a key's last hundred goes.
 */
export const recordKeyUse = preparedStatement(
  'record_key_use',
  `with calls as (
     insert into api_key_calls (id, key_id, at, method, path, status, error_code, duration, address, user_agent, request_id, body)
     select c.id, c."keyId", c.at, c.method, c.path, c.status, c."errorCode", c.duration, c.address, c."userAgent", c."requestId", c.body
     from jsonb_to_recordset($1::jsonb) as c(id uuid, "keyId" uuid, at timestamptz, method text, path text, status integer,
       "errorCode" text, duration integer, address text, "userAgent" text, "requestId" text, body jsonb)
     returning key_id
   ), fresh as (
     select key_id, count(*) as calls from calls group by key_id
   ), used as (
     update api_key_secrets s set last_used_at = u.at
     from jsonb_to_recordset($2::jsonb) as u("secretId" uuid, at timestamptz)
     where s.id = u."secretId" returning s.key_id, s.last_used_at
   ), noted as (
     update api_keys k set last_used_at = u.at
     from (select key_id, max(last_used_at) as at from used group by key_id) u where k.id = u.key_id
   )
   delete from api_key_calls c using fresh f
   where c.key_id = f.key_id and (c.at, c.id) <= (
     select o.at, o.id from api_key_calls o where o.key_id = f.key_id
     order by o.at desc, o.id desc offset greatest(${KEPT_CALLS} - f.calls, 0) limit 1)`,
);
