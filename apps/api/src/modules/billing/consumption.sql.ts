import { preparedStatement } from '#core/database/prepared-statement.js';

/** What was spent on one organization, as it is added. */
export interface ConsumedRow {
  organizationId: string;
  calls: number;
  callMs: number;
  statements: number;
  databaseMs: number;
  jobs: number;
  jobMs: number;
}

/**
 * Adds what was spent in the hour $1: $2 a row for each organization. In one order, so that two processes do not wait for
 * each other; of an organization that is gone nothing is left to add to.
 */
export const addConsumption = preparedStatement(
  'usage_add_consumption',
  `insert into usage_hours as h (organization_id, hour, calls, call_ms, statements, database_ms, jobs, job_ms)
   select r."organizationId", $1::timestamptz, r.calls, r."callMs", r.statements, r."databaseMs", r.jobs, r."jobMs"
   from jsonb_to_recordset($2::jsonb) as r("organizationId" uuid, calls bigint, "callMs" bigint, statements bigint,
     "databaseMs" bigint, jobs bigint, "jobMs" bigint)
   join organizations o on o.id = r."organizationId" order by r."organizationId"
   on conflict (organization_id, hour) do update set calls = h.calls + excluded.calls,
     call_ms = h.call_ms + excluded.call_ms, statements = h.statements + excluded.statements,
     database_ms = h.database_ms + excluded.database_ms, jobs = h.jobs + excluded.jobs,
     job_ms = h.job_ms + excluded.job_ms`,
);
