import { AccessCheck } from '#core/tenancy/access-check.js';
import { startApp, type RunningApp } from '../../../support/app.js';
import { proveCatalog } from '../catalog/catalog.js';
import { rowsOf, type Roles } from '../catalog/facts.js';
import { Findings, type PartResult } from '../finding.js';
import type { Attack } from '../models/attack.js';
import { Assault } from '../models/assault.js';
import { arm, type Arsenal } from '../models/models.js';
import { bareClient, productHandle, type Way } from '../models/ways.js';
import { RouteAssault } from '../routes/assault.js';
import { ROUTE_CASES } from '../routes/cases.js';
import { checkCases, forgeries, nameOf } from '../routes/routes.js';
import type { ScratchDatabase } from '../scratch.js';
import { castOf } from '../staff/cast.js';
import { isTenants } from '../staff/realms.js';
import { proveArchives, proveRealms, proveSupport } from '../staff/staff.js';
import type { World } from '../world/world.js';
import { codeMutations } from './code-mutations.js';
import { keyMutations, policyMutations, rightMutations } from './database-mutations.js';
import type { Mutation } from './mutation.js';
import { referenceAttacks } from './references.js';

/** The score of part 5. */
export interface Score {
  caught: number;
  mutations: number;
  stopped: number;
  attacks: number;
}

/** Routes that show whether a credential is asked for and whose organization is believed. */
const TELLING = ['GET /api/v1/organization', 'GET /api/v1/tickets'];

interface Range {
  database: ScratchDatabase;
  world: World;
  arsenal: Arsenal;
  running: RunningApp;
  bare: Way;
  handle: Way;
  /** The tenant handle where there is no row level security: what it stops there lock 2 stops. */
  alone: Way;
  unlocked: ScratchDatabase;
}

/**
 * Part 5: takes each lock away in turn on `database` and puts it back. The proof must notice, and the other locks
 * must still stop the attack. `chosen` picks the mutations; all of them if not said.
 */
export async function proveMutations(
  database: ScratchDatabase,
  unlocked: ScratchDatabase,
  world: World,
  chosen: (mutation: Mutation) => boolean = () => true,
): Promise<{ result: PartResult; score: Score }> {
  const findings = new Findings('mutations');
  const score: Score = { caught: 0, mutations: 0, stopped: 0, attacks: 0 };
  const running = await startApp({
    database,
    dataDir: database.filesDir,
    worker: false,
    listen: true,
  });
  const bare = bareClient(database);
  const handle = productHandle(database);
  const alone = productHandle(unlocked);
  try {
    const arsenal = await arm(database, world, bare.prisma);
    const range: Range = { database, world, arsenal, running, bare, handle, alone, unlocked };
    for (const mutation of (await allMutations(database)).filter(chosen)) {
      findings.tried(`${mutation.lock} taken away`);
      await tryMutation(mutation, range, findings, score);
    }
    const after = await proveCatalog(database.owner, rolesOf(database));
    for (const { where, what } of after.holes) findings.hole(where, `was not put back: ${what}`);
    return { result: findings.result(), score };
  } finally {
    await Promise.all([bare.close(), handle.close(), alone.close()]);
    await running.close();
  }
}

/** The roles by which a scratch database is opened. */
export function rolesOf({ appUrl, systemUrl, adminUrl }: ScratchDatabase): Roles {
  const login = (url: string): string => decodeURIComponent(new URL(url).username);
  return { appLogin: login(appUrl), systemLogin: login(systemUrl), adminLogin: login(adminUrl) };
}

async function allMutations(database: ScratchDatabase): Promise<Mutation[]> {
  const [me] = await rowsOf<{ super: boolean }>(
    database.owner,
    'select rolsuper as super from pg_roles where rolname = current_user',
  );
  return [
    ...codeMutations(),
    ...policyMutations(database),
    ...(await keyMutations(database)),
    ...rightMutations(database, me!.super),
  ];
}

async function tryMutation(
  mutation: Mutation,
  range: Range,
  findings: Findings,
  score: Score,
): Promise<void> {
  score.mutations += 1;
  try {
    await mutation.apply();
  } catch (error) {
    findings.hole(mutation.name, `could not be tried: ${(error as Error).message}`);
    return;
  }
  try {
    const unnoticed: string[] = [];
    for (const by of mutation.noticedBy) {
      if (!(await notices(by, mutation, range))) unnoticed.push(by);
    }
    if (unnoticed.length === 0) score.caught += 1;
    else findings.hole(mutation.name, `was not noticed by ${unnoticed.join(', ')}`);
    const { stopped, tried, problems } = await attack(mutation, range);
    score.stopped += stopped;
    score.attacks += tried;
    for (const problem of problems) findings.hole(mutation.name, `with it gone, ${problem}`);
  } finally {
    await mutation.undo();
  }
}

/** Whether a part of the proof turns red. */
async function notices(
  by: Mutation['noticedBy'][number],
  mutation: Mutation,
  range: Range,
): Promise<boolean> {
  const findings = new Findings('with a lock missing');
  if (by === 'catalog') {
    return (await proveCatalog(range.database.owner, rolesOf(range.database))).holes.length > 0;
  }
  if (by === 'bare') {
    const assault = new Assault(range.database.owner, range.world, range.arsenal.samples, findings);
    for (const attacks of attacksOn(mutation, range.arsenal)) {
      await assault.runWithoutTrace(range.bare, attacks);
      if (findings.holes.length > 0) return true;
    }
    return false;
  }
  if (by === 'handle') {
    const assault = new Assault(range.unlocked.owner, range.world, range.arsenal.samples, findings);
    for (const attacks of attacksOn(mutation, range.arsenal))
      await assault.runWithoutTrace(range.alone, withoutControls(attacks));
    return findings.holes.length > 0;
  }
  if (by === 'rows') return noticesWrites(range);
  if (by === 'archives' || by === 'realms' || by === 'support') return noticesAtOnce(by, range);
  const routes = range.running.get(AccessCheck).routes();
  if (by === 'cases') checkCases(range.running, routes, findings);
  const assault = new RouteAssault(range.running, range.database.owner, range.world, findings);
  await assault.begin();
  for (const route of routes) {
    const how = ROUTE_CASES[nameOf(route)];
    if (!how || !TELLING.includes(nameOf(route))) continue;
    if (by === 'credentials')
      await assault.comeWithout(route, how, forgeries(range.running, range.world));
    if (by === 'names') await assault.nameTheOther(route, how);
  }
  return findings.holes.length > 0;
}

/** Whether a write to rows of the other is seen: by the bare Prisma, where there is no row level security. */
async function noticesWrites({ unlocked, world, arsenal }: Range): Promise<boolean> {
  const findings = new Findings('with no lock at all');
  const bare = bareClient(unlocked);
  try {
    await new Assault(unlocked.owner, world, arsenal.samples, findings).run(bare, 'by itself', [
      {
        name: 'ticketCounter.updateMany: of everybody',
        model: 'Nobody',
        operation: 'updateMany',
        expects: 'own',
        writes: true,
        oracle: false,
        args: () => ({ data: { lastNumber: { increment: 1 } } }),
        run: (client, args) => client.ticketCounter!.updateMany!(args),
      },
    ]);
  } finally {
    await bare.close();
  }
  return findings.holes.some(({ what }) => what.startsWith('changed ticket_counters'));
}

/** Ends a part at the first hole: that there is one is all that is asked. */
class FirstHole extends Findings {
  override hole(where: string, what: string): void {
    super.hole(where, what);
    throw new Enough();
  }
}

class Enough extends Error {}

/** Whether part 4 turns red. */
async function noticesAtOnce(
  by: 'archives' | 'realms' | 'support',
  { running, database, world }: Range,
): Promise<boolean> {
  const findings = new FirstHole('with a lock missing');
  try {
    if (by === 'archives') await proveArchives(running, database, world, findings);
    else {
      const cast = await castOf(running);
      if (by === 'realms') await proveRealms(running, database, world, findings, cast);
      else await proveSupport(running, database, world, findings, cast, false);
    }
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return findings.holes.length > 0;
}

interface Attacked {
  stopped: number;
  tried: number;
  problems: string[];
}

/** Attacks with the lock missing; what counts is that nothing of B's is told or changed. */
async function attack(mutation: Mutation, range: Range): Promise<Attacked> {
  const findings = new Findings('with a lock missing');
  const { database, world, arsenal } = range;
  const assault = new Assault(database.owner, world, arsenal.samples, findings);
  let stopped = 0;
  let tried = 0;
  if (mutation.attackedBy === 'handle') {
    for (const attacks of attacksOn(mutation, arsenal)) {
      const fit = withoutControls(attacks).map(nothingWillDo);
      stopped += await assault.run(range.handle, 'by itself', fit);
      tried += fit.length;
    }
  } else if (mutation.attackedBy === 'reference') {
    for (const way of [range.handle, range.bare]) {
      const attacks = referenceAttacks(arsenal, mutation.key!);
      stopped += await assault.runWithoutTrace(way, attacks);
      tried += attacks.length;
    }
  } else if (mutation.attackedBy === 'routes') {
    const routeAssault = new RouteAssault(
      range.running,
      database.owner,
      world,
      findings,
      true,
      false,
    );
    await routeAssault.begin();
    for (const route of range.running.get(AccessCheck).routes()) {
      // A stream that nobody guards waits for an organization that never comes. What the staff look at is of all
      // organizations: behind their guard are the grants of their role alone, which part 4 goes through.
      if (isTenants(route) && !route.path.endsWith('/stream')) {
        await routeAssault.swapIds(route, ROUTE_CASES[nameOf(route)]!);
        await routeAssault.finish(route);
      }
    }
    stopped = routeAssault.stopped;
    tried = findings.result().tried['requests that name the other organization'] ?? 0;
  }
  return { stopped, tried, problems: findings.holes.map(({ where, what }) => `${where} ${what}`) };
}

/** The attacks on the model behind the mutated table; all of them when it is about no table. */
function attacksOn({ table }: Mutation, { shapes, attacks }: Arsenal): Attack[][] {
  if (table === undefined)
    return [...attacks].filter(([model]) => model !== 'SQL').map(([, list]) => list);
  const shape = shapes.find((known) => known.table === table);
  return shape ? [attacks.get(shape.model)!] : [];
}

/** With a policy gone an attack may find no row of anybody's to begin with: that stops it as well as an error. */
function nothingWillDo(attack: Attack): Attack {
  return attack.expects === 'refusal' ? { ...attack, expects: 'nothing' } : attack;
}

function withoutControls(attacks: Attack[]): Attack[] {
  return attacks.filter(({ expects }) => expects !== 'success');
}
