import pg from 'pg';
import type { PreparedStatement } from '#core/database/prepared-statement.js';
import type { TestDatabase } from '../support/database.js';

/** A node of a plan as `explain (analyze, buffers, format json)` gives it. */
export interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Filter?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

/**
 * How Postgres runs `statement` for an organization: as the role that row level security holds, and as the plan that
 * is kept for a prepared statement whatever its values.
 */
export async function planOf(
  database: TestDatabase,
  organizationId: string,
  { text }: PreparedStatement,
  values: readonly unknown[],
): Promise<PlanNode> {
  const client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('app.organization_id', $1, true)", [organizationId]);
    await client.query('set local plan_cache_mode = force_generic_plan');
    await client.query(`prepare planned as ${text}`);
    const literals = values.map((value) =>
      value === null ? 'null' : pg.escapeLiteral(`${value as string | number}`),
    );
    const run = `explain (analyze, buffers, format json) execute planned(${literals.join(', ')})`;
    // The first run reads the catalog too.
    await client.query(run);
    const { rows } = await client.query(run);
    return rows[0]['QUERY PLAN'][0].Plan;
  } finally {
    await client.end();
  }
}

/** `plan` and everything below it. */
export function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** Pages that the statement touched, wherever they were. */
export function buffersOf(plan: PlanNode): number {
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
}
