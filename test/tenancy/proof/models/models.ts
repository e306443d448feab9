import { randomBytes } from 'node:crypto';
import { Findings, type PartResult } from '../finding.js';
import type { ScratchDatabase } from '../scratch.js';
import type { World } from '../world/world.js';
import { Assault } from './assault.js';
import type { Attack } from './attack.js';
import { rawAttacks } from './raw.js';
import { readAttacks } from './reads.js';
import { readSamples, type Samples } from './samples.js';
import { readShapes, type ModelShape } from './shape.js';
import { bareClient, productHandle, type Way } from './ways.js';
import { writeAttacks, type Spare } from './writes.js';

/** Everything that part 2 runs on one database. */
export interface Arsenal {
  shapes: ModelShape[];
  samples: Samples;
  /** The attacks by model; those in SQL under `SQL`. */
  attacks: Map<string, Attack[]>;
  spare: Spare;
}

/** What a delegate of the generated client has that is no operation on Postgres. */
const NOT_OPERATIONS: Record<string, string> = {
  name: 'the name of the model',
  fields: 'references to columns',
  $parent: 'the client itself',
  $name: 'the name of the model',
  findRaw: 'of MongoDB',
  aggregateRaw: 'of MongoDB',
};

/** Raw calls of a client that no attack makes. */
const OTHER_RAW_CALLS: Record<string, string> = {
  $runCommandRaw: 'of MongoDB',
  $queryRawTyped: 'runs what `prisma generate --sql` compiled, and we have it compile nothing',
  $executeRawInternal: 'what the two execute calls end in',
  $queryRawInternal: 'what the two query calls end in',
};

/** The attacks, generated from the data model of the client and the rows of the two organizations. */
export async function arm(
  database: ScratchDatabase,
  world: World,
  client: object,
): Promise<Arsenal> {
  const shapes = await readShapes(client, database.owner);
  const samples = await readSamples(database.owner, shapes, world);
  const byName = new Map(shapes.map((shape) => [shape.model, shape]));
  // Where a key lets a row be there or be referred to once, a second one of the attacker's own is another.
  const spare: Spare = {
    OutboundMail: { messageId: world.a.ids.note },
    Outbox: { seq: 2n },
    ScimGroupMember: { membershipId: world.a.ids.shared },
    InboundMail: { fingerprint: Uint8Array.from(randomBytes(32)) },
    File: { sha256: Uint8Array.from(randomBytes(32)) },
    Draft: { kind: 'note' },
    CustomField: { subject: 'ticket', key: 'spare_key' },
    OperationItem: { ticketId: world.a.ids.closedTicket },
    OperationMessage: { messageId: world.a.ids.note, step: 99 },
    SearchWord: { word: 'spare' },
    TeamMember: { userId: world.a.ids.colleague },
    TicketLink: { kind: 'blocks' },
    Notification: { kind: 'ticket_created' },
    NotificationPreference: { userId: world.a.ids.colleague },
    WebhookDelivery: { replayId: null, seq: 1_000_000n, position: 1_000_000n },
    IdempotencyKey: {
      actorType: 'user',
      key: 'spare',
      fingerprint: Uint8Array.from(randomBytes(32)),
      status: 201,
    },
  };
  const attacks = new Map<string, Attack[]>();
  for (const shape of shapes) {
    const own = samples.own.get(shape.model)!;
    attacks.set(shape.model, [
      ...readAttacks(shape, own, byName),
      ...writeAttacks(shape, own, byName, spare),
    ]);
  }
  attacks.set('SQL', rawAttacks(world));
  return { shapes, samples, attacks, spare };
}

/**
 * Part 2: every model and every operation, as organization A at B's rows and with no organization at all, by the
 * handle that services hold and by bare Prisma on the same pool (so that row level security and keys are shown to
 * hold alone). `unlocked` is a copy without row level security, where lock 2 and the keys are shown to hold alone.
 */
export async function proveModels(
  database: ScratchDatabase,
  unlocked: ScratchDatabase,
  world: World,
  thorough: boolean,
): Promise<PartResult> {
  const findings = new Findings('models');
  const bare = bareClient(database);
  const handle = productHandle(database);
  const ways: Way[] = [bare, handle];
  try {
    const arsenal = await arm(database, world, bare.prisma);
    checkCompleteness(bare.prisma, arsenal, findings);
    if (!thorough) thinOut(arsenal.attacks);
    const assault = new Assault(database.owner, world, arsenal.samples, findings);
    findings.tried('models', arsenal.shapes.length);
    for (const way of ways) {
      for (const attacks of arsenal.attacks.values()) {
        const fit =
          way === handle
            ? attacks.filter(({ expects, model }) => model !== 'SQL' && !(expects === 'success'))
            : attacks;
        await assault.run(way, 'by itself', fit);
        // By now some of the attacker's own rows are not what the controls expect.
        const again = fit.filter(({ expects }) => expects !== 'success');
        for (const mode of thorough ? way.modes.slice(1) : []) await assault.run(way, mode, again);
        for (const mode of thorough ? way.modes : way.modes.slice(0, 1)) {
          await assault.runWithoutTenant(way, mode, fit);
        }
      }
    }
    await proveAlone(unlocked, world, arsenal, findings);
    return findings.result();
  } finally {
    for (const way of ways) await way.close();
  }
}

/** One in this many of the attacks through relations, of which there are as many as ways through the data model. */
const THINNED = 25;

/** Keeps every attack on a model itself, and of those that go through its relations others of each model. */
function thinOut(attacks: Map<string, Attack[]>): void {
  let seen = 0;
  for (const [model, list] of attacks) {
    const kept = list.filter(
      ({ name }) =>
        !name.endsWith(' of the other through its own row') || (seen += 1) % THINNED === 0,
    );
    attacks.set(model, kept);
  }
}

/** With row level security off: lock 2 alone, then the keys alone. */
async function proveAlone(
  unlocked: ScratchDatabase,
  world: World,
  arsenal: Arsenal,
  findings: Findings,
): Promise<void> {
  const handle = productHandle(unlocked, 'tenant handle without row level security');
  const bare = bareClient(unlocked, 'keys alone');
  const assault = new Assault(unlocked.owner, world, arsenal.samples, findings);
  try {
    for (const [model, attacks] of arsenal.attacks) {
      if (model === 'SQL') continue;
      await assault.run(
        handle,
        'by itself',
        attacks.filter(({ expects }) => expects !== 'success'),
      );
      const references = attacks.filter(
        ({ name, expects }) => /: with .* of the other$/.test(name) && expects === 'refusal',
      );
      await assault.run(bare, 'by itself', references);
    }
  } finally {
    await handle.close();
    await bare.close();
  }
}

/** A model or an operation that the generated client has and no attack tries is a hole in the proof itself. */
function checkCompleteness(client: object, { shapes, attacks }: Arsenal, findings: Findings): void {
  for (const { model, delegate } of shapes) {
    const tried = new Set(attacks.get(model)!.map(({ operation }) => operation));
    const operations = Object.keys((client as Record<string, object>)[delegate]!).filter(
      (name) => !(name in NOT_OPERATIONS),
    );
    findings.tried('operations', operations.length);
    if (operations.length === 0) findings.hole(model, 'the proof sees no operation of it');
    for (const operation of operations) {
      if (!tried.has(operation))
        findings.hole(`${delegate}.${operation}`, 'is an operation that no attack tries');
    }
  }
  const raw = new Set(attacks.get('SQL')!.map(({ operation }) => operation));
  for (const name of Object.keys(client).filter((key) => /Raw/.test(key))) {
    if (!raw.has(name) && !(name in OTHER_RAW_CALLS))
      findings.hole(name, 'is a raw call that no attack tries');
  }
}

/** Takes row level security off every table: what is left is what the other locks hold. */
export async function unlock(database: ScratchDatabase, tables: string[]): Promise<void> {
  for (const table of tables) {
    await database.owner.query(
      `alter table ${table} no force row level security, disable row level security`,
    );
  }
}
