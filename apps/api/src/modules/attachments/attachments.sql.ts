import { preparedStatement } from '#core/database/prepared-statement.js';

/** Holds the storage of the organization until the end of the transaction: two uploads count one after the other. */
export const lockStorage = preparedStatement(
  'files_lock',
  `select pg_advisory_xact_lock(hashtextextended('files ' || current_setting('app.organization_id'), 0))::text as "held"`,
);

/** The same when nobody holds it. An organization that is brought in from an archive holds it until its rows are there. */
export const tryLockStorage = preparedStatement(
  'files_try_lock',
  `select pg_try_advisory_xact_lock(hashtextextended('files ' || current_setting('app.organization_id'), 0)) as "isHeld"`,
);

/** Bytes that the organization keeps, without archives of itself. */
export const storageUsed = preparedStatement(
  'files_used',
  `select coalesce(sum(f.size), 0)::bigint as "used" from files f
   where not exists (select from exports e where e.file_id = f.id and e.kind = 'organization')`,
);

/** Deletes what was uploaded before $1 and put on nothing since. Gives how many. $2 at most. */
export const deleteWaiting = preparedStatement(
  'attachments_delete_waiting',
  `with gone as (
     delete from attachments a where a.id in (
       select w.id from attachments w
       where w.message_id is null and w.draft_id is null and w.created_at < $1::timestamptz limit $2::int
     ) and a.message_id is null and a.draft_id is null returning 1
   ) select count(*)::int as "count" from gone`,
);

/** Deletes files that nothing refers to any more. Gives their ids. $1 at most. Under {@link lockStorage}. */
export const deleteUnused = preparedStatement(
  'files_delete_unused',
  `delete from files f where f.id in (
     select u.id from files u
     where not exists (select from attachments a where a.file_id = u.id)
       and not exists (select from exports e where e.file_id = u.id)
     limit $1::int
   ) returning f.id`,
);
