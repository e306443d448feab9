import { AccessCheck, type DeclaredRoute } from '#core/tenancy/access-check.js';
import { startApp, type RunningApp } from '../../../support/app.js';
import { Findings, type PartResult } from '../finding.js';
import type { ScratchDatabase } from '../scratch.js';
import type { World } from '../world/world.js';
import { proveAdminRole } from './admin-role.js';
import { ArchiveAssault } from './archives.js';
import { castOf, type Cast } from './cast.js';
import { Realms } from './realms.js';
import { SupportAssault } from './support.js';

/**
 * Part 4: the staff of the deployment, from outside of every organization: at the doors of organizations, at their own
 * without the right, inside one that let them in, and by their role in the database; people of organizations at the doors
 * of the staff; and what goes out and comes in as an archive. On a database where A has said nothing of B yet.
 */
export async function proveStaff(database: ScratchDatabase, world: World): Promise<PartResult> {
  const findings = new Findings('staff');
  const running = await startApp({
    database,
    dataDir: database.filesDir,
    worker: false,
    listen: true,
  });
  try {
    await proveArchives(running, database, world, findings);
    const cast = await castOf(running);
    await proveRealms(running, database, world, findings, cast);
    await proveSupport(running, database, world, findings, cast);
    return findings.result();
  } finally {
    await running.close();
  }
}

/** What goes out and comes in as one file. */
export async function proveArchives(
  running: RunningApp,
  database: ScratchDatabase,
  world: World,
  findings: Findings,
): Promise<void> {
  const archives = new ArchiveAssault(running, database, world, findings);
  await archives.bringIn(await archives.takeOut());
  await archives.bringInBySql();
}

/** Each realm at the doors of the other, and the staff at their own. */
export async function proveRealms(
  running: RunningApp,
  database: ScratchDatabase,
  world: World,
  findings: Findings,
  cast: Cast,
): Promise<void> {
  const seen = await proveAdminRole(database, world, findings);
  const realms = new Realms(running, world, findings, cast, routesOf(running));
  await realms.tenantsAtTheStaffs();
  await realms.staffAtTheTenants();
  await realms.staffAtTheirOwn(seen);
}

/** The staff inside an organization that let them in, and after it; without ids of the other if `reaches` is false. */
export async function proveSupport(
  running: RunningApp,
  { owner }: ScratchDatabase,
  world: World,
  findings: Findings,
  cast: Cast,
  reaches = true,
): Promise<void> {
  const routes = routesOf(running);
  const support = new SupportAssault(running, owner, world, findings, cast);
  await support.begin();
  try {
    await support.seeOwn(routes);
    await support.atTheStaffs(routes);
    if (reaches) await support.reachForTheOther(routes);
    await support.end(routes);
  } finally {
    await support.leave();
  }
}

function routesOf(running: RunningApp): DeclaredRoute[] {
  return running.get(AccessCheck).routes();
}
