import { preparedStatement } from '#core/database/prepared-statement.js';

/** Events that a person is told of one by one within an hour; what goes on above it is counted together. */
const MOST_AN_HOUR = 100;
/** A ticket that goes on sends nobody two mails at once within this. */
const APART = "interval '5 minutes'";

/**
 * Tells the people of `$2` (JSON) of the event `$3` at `$4`: `$5` kind, `$6` ticket, `$7` message, `$8` who did it, `$9`
 * whether it is held back for all of them. Whoever was told of the event is passed over; what they have not read yet is
 * counted on. In one order for everybody, so that two events at once wait for each other and do not deadlock.
 */
export const tellPeople = preparedStatement(
  'notifications_tell',
  `with people as (
    select * from jsonb_to_recordset($2::jsonb) as p(id uuid, "userId" uuid, "inApp" boolean, mail text, "mailDueAt" timestamptz)
  ), fresh as (
    insert into notification_occurrences (organization_id, user_id, event_id, created_at)
    select $1::uuid, "userId", $3::uuid, $4::timestamptz from people order by "userId"
    on conflict do nothing returning user_id
  ), told as (
    select p.*, $9::boolean or (
      select count(*) from (
        select from notification_occurrences o where o.organization_id = $1::uuid and o.user_id = p."userId"
          and o.created_at > $4::timestamptz - interval '1 hour' limit ${MOST_AN_HOUR}
      ) lately) >= ${MOST_AN_HOUR} as held
    from people p join fresh f on f.user_id = p."userId"
  )
  insert into notifications as n (organization_id, id, user_id, event_id, created_at, latest_at, kind, ticket_id, message_id, actor_name,
    in_app, mail, mail_due_at)
  select $1::uuid, id, "userId", $3::uuid, $4::timestamptz, $4::timestamptz,
    case when held then 'suppressed' else $5::text end,
    case when held then null else $6::uuid end,
    case when held then null else $7::uuid end,
    case when held then null else $8::text end,
    held or "inApp",
    case when held and mail is not null then 'digest' else mail end,
    case when held and mail is not null then $4::timestamptz + interval '1 hour' else "mailDueAt" end
  from told order by "userId"
  on conflict (organization_id, user_id, ticket_id, kind) where read_at is null do update set
    occurrences = n.occurrences + 1, latest_at = greatest(n.latest_at, excluded.latest_at), event_id = excluded.event_id,
    message_id = excluded.message_id, actor_name = excluded.actor_name, in_app = n.in_app or excluded.in_app, mail = excluded.mail,
    mail_due_at = case when excluded.mail is null then null
      when n.mail_due_at is not null then least(n.mail_due_at, excluded.mail_due_at)
      when excluded.mail = 'digest' then excluded.mail_due_at
      else greatest(excluded.mail_due_at, n.mailed_at + ${APART}) end`,
);

/** Up to `$2` people to whom something is to be mailed at `$1`, whoever waits longest first; nobody of the organizations `$3`. */
export const duePeople = preparedStatement(
  'notifications_due',
  `select organization_id as "organizationId", user_id as "userId" from notifications where mail_due_at <= $1::timestamptz
     and organization_id <> all ($3::uuid[])
   group by organization_id, user_id order by min(mail_due_at) limit $2::int`,
);

/** Lets nobody else change how the person $1 is told until the end of the transaction. */
export const holdPreferences = preparedStatement(
  'notification_hold_preferences',
  'select true as "held" from notification_preferences p where p.user_id = $1::uuid for update',
);
