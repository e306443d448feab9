import type pg from 'pg';
import type { Findings } from '../finding.js';
import { changedTables, checksumOf } from '../world/rows.js';
import type { World } from '../world/world.js';
import { RolledBack, type Attack, type Target } from './attack.js';
import { errorText, isNothing, outcomeOf, shapeOf, textOf, type Outcome } from './outcome.js';
import type { Samples } from './samples.js';
import { as, type Mode, type Way } from './ways.js';

/** Runs attacks as organization A and judges how they end. */
export class Assault {
  #checksum: string | undefined;
  /** What was written since the last look and was not refused: among it is whatever changed something of B's. */
  #unseen: string[] = [];

  constructor(
    private readonly owner: pg.Client,
    private readonly world: World,
    private readonly samples: Samples,
    private readonly findings: Findings,
  ) {}

  /**
   * Tries `attacks` by `way` in `mode`. Gives how many were stopped. The sums over all rows of B cost more than many
   * attacks, so they are taken once for all of these: if they moved, none that wrote and was not refused counts as stopped.
   */
  async run(way: Way, mode: Mode, attacks: Attack[]): Promise<number> {
    let stopped = 0;
    if (attacks.some(leavesATrace))
      this.#checksum ??= await checksumOf(this.owner, this.world.b.organizationId);
    for (const attack of attacks) {
      this.findings.tried(`attacks by the ${way.label}`);
      if (await this.#try(way, mode, attack)) stopped += 1;
    }
    return stopped - (await this.#look(`${way.label}, ${mode}`));
  }

  /** Tries `attacks` with every write rolled back: for a database whose locks are open on purpose. */
  async runWithoutTrace(way: Way, attacks: Attack[]): Promise<number> {
    return this.run(
      way,
      'by itself',
      attacks.map((attack) => (attack.writes ? { ...attack, rolledBack: true } : attack)),
    );
  }

  /** The same with no organization in context: each must be refused before anything is sent. */
  async runWithoutTenant(way: Way, mode: Mode, attacks: Attack[]): Promise<void> {
    for (const attack of attacks) {
      this.findings.tried(`attempts without a tenant by the ${way.label}`);
      const before = way.statements();
      const args = attack.args(this.#foreign);
      const outcome = await outcomeOf(() => way.run(mode, (client) => attack.run(client, args)));
      const where = `${way.label}, ${mode}, without a tenant: ${attack.name}`;
      if (!('error' in outcome)) this.findings.hole(where, 'was answered');
      if (way.statements() !== before) this.findings.hole(where, 'reached the database');
    }
  }

  async #try(way: Way, mode: Mode, attack: Attack): Promise<boolean> {
    const where = `${way.label}, ${mode}: ${attack.name}`;
    const args = attack.args(this.#foreign);
    const outcome = await this.#attempt(way, mode, attack, args);
    const problems = this.#judge(attack, outcome, textOf(args));
    if (attack.oracle) {
      const twin = await this.#attempt(way, mode, attack, attack.args(this.#absent));
      if (shapeOf(twin) !== shapeOf(outcome)) {
        problems.push(
          `tells what exists: ${cut(shapeOf(outcome))}, and of what nobody has ${cut(shapeOf(twin))}`,
        );
      }
    }
    // What failed in a transaction may have written before it did.
    const mayHaveWritten = !('error' in outcome) || mode !== 'by itself';
    if (leavesATrace(attack) && mayHaveWritten && problems.length === 0)
      this.#unseen.push(attack.name);
    for (const problem of problems) this.findings.hole(where, problem);
    return problems.length === 0;
  }

  #attempt(way: Way, mode: Mode, attack: Attack, args: unknown): Promise<Outcome> {
    return as(this.world.a, async () => {
      if (!attack.rolledBack)
        return outcomeOf(() => way.run(mode, (client) => attack.run(client, args)));
      const outcome = await outcomeOf(() =>
        way.run('in a transaction', async (client) => {
          throw new RolledBack(await attack.run(client, args));
        }),
      );
      return 'error' in outcome && outcome.error instanceof RolledBack
        ? { value: outcome.error.value }
        : outcome;
    });
  }

  #judge(attack: Attack, outcome: Outcome, sent: string): string[] {
    const said = 'error' in outcome ? errorText(outcome.error) : textOf(outcome.value);
    const problems = this.world.secrets.in(said, sent).map((secret) => `tells ${secret}`);
    if ('error' in outcome) {
      if (attack.expects === 'success')
        problems.push(`the control failed: ${cut(outcome.error.message)}`);
      return problems;
    }
    if (attack.expects === 'refusal') problems.push('was not refused');
    if (attack.expects === 'nothing' && !isNothing(outcome.value))
      problems.push(`gave ${cut(said)}`);
    if (attack.expects === 'success' && isNothing(outcome.value))
      problems.push('the control did nothing');
    const count = (outcome.value as { count?: unknown } | null)?.count;
    const most = this.samples.ownCount.get(attack.model);
    if (typeof count === 'number' && most !== undefined && count > most + 1) {
      problems.push(`touched ${count} rows, and the organization has ${most}`);
    }
    return problems;
  }

  /** Whether anything of B's was changed since the last look. Gives how many attacks may have done it. */
  async #look(where: string): Promise<number> {
    if (this.#checksum === undefined) return 0;
    const now = await checksumOf(this.owner, this.world.b.organizationId);
    const changed = changedTables(this.#checksum, now);
    const suspects = this.#unseen;
    this.#checksum = now;
    this.#unseen = [];
    const by = suspects.length > 0 ? suspects.join('; ') : 'those that were refused';
    for (const table of changed)
      this.findings.hole(where, `changed ${table} of the other organization, by one of: ${by}`);
    return changed.length > 0 ? Math.max(1, suspects.length) : 0;
  }

  #foreign: Target = (model) => this.samples.foreign.get(model) ?? {};
  #absent: Target = (model) => this.samples.absent.get(model) ?? {};
}

/** Whether rows may be there afterwards that were not before. */
function leavesATrace({ writes, rolledBack }: Attack): boolean {
  return writes && !rolledBack;
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
