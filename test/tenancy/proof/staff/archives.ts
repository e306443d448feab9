import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { ArchiveCommands } from '#modules/portability/archive-commands.service.js';
import { ArchiveRefused } from '#modules/portability/archive.exceptions.js';
import { forgeriesOf } from '../../../modules/portability/forgery.js';
import type { RunningApp } from '../../../support/app.js';
import { rowsOf } from '../catalog/facts.js';
import type { Findings } from '../finding.js';
import type { ScratchDatabase } from '../scratch.js';
import { asRole } from '../world/platform.js';
import { changedTables, checksumOf, lookAt, tablesWithRows } from '../world/rows.js';
import type { World } from '../world/world.js';

/** What goes out as one file, and what comes in as one. */
export class ArchiveAssault {
  constructor(
    private readonly running: RunningApp,
    private readonly database: ScratchDatabase,
    private readonly world: World,
    private readonly findings: Findings,
  ) {}

  /** The archive of A holds nothing of B's, and A's own words: or the proof did not look. */
  async takeOut(): Promise<string> {
    const { a, secrets } = this.world;
    const path = join(this.database.filesDir, `${newId()}.tar`);
    await this.#commands((commands) => commands.export(a.names.slug, path, () => undefined));
    const text = await readFile(path, 'latin1');
    this.findings.tried('archives');
    for (const secret of secrets.in(text)) this.findings.hole("A's archive", `holds ${secret}`);
    for (const own of [a.organizationId, a.names.word, a.ids.message])
      if (!text.includes(own)) this.findings.hole("A's archive", `does not hold ${own} of its own`);
    return path;
  }

  /** Archives that say that they are of B, or bring rows to it, or name its rows: each is refused. */
  async bringIn(path: string): Promise<void> {
    const { a, b } = this.world;
    const before = await checksumOf(this.database.owner, b.organizationId);
    const { rewritten, changed } = await forgeriesOf(path);
    const everywhere = (id: string, slug: string): Buffer =>
      changed((parts, manifest) => {
        const named = (text: string): string =>
          text.replaceAll(a.organizationId, id).replaceAll(a.names.slug, slug);
        for (const part of parts.filter(({ name }) => name.startsWith('tables/')))
          part.content = Buffer.from(named(part.content.toString()));
        Object.assign(manifest, JSON.parse(named(JSON.stringify(manifest))));
      });
    const toB = (text: string): string => text.replaceAll(a.organizationId, b.organizationId);
    const forged: Record<string, Buffer> = {
      'as it is, of an organization that is here': await readFile(path),
      'that says it is of the other': everywhere(b.organizationId, b.names.slug),
      'of a new one with the slug of the other': everywhere(newId(), b.names.slug),
      'with tickets of the other': rewritten('tickets', toB),
      'with members of the other': rewritten('memberships', toB),
      'that says it is the other, with its own rows': changed((_, manifest) => {
        manifest.organization.id = b.organizationId;
      }),
    };
    for (const [what, archive] of Object.entries(forged)) {
      this.findings.tried('forged archives');
      const file = join(this.database.filesDir, `${newId()}.tar`);
      await writeFile(file, archive);
      const outcome = await this.#commands((commands) =>
        commands
          .import(file, () => undefined)
          .then(
            () => 'was brought in',
            (error: Error) =>
              error instanceof ArchiveRefused ? null : `failed otherwise: ${error.message}`,
          ),
      );
      if (outcome !== null) this.findings.hole(`an archive ${what}`, outcome);
    }
    const after = await checksumOf(this.database.owner, b.organizationId);
    for (const table of changedTables(before, after))
      this.findings.hole('forged archives', `changed ${table} of the other organization`);
  }

  /**
   * The function by which archives come in, by the role that may call it: no row goes to B, as the organization in
   * context or beside another, whatever stood in front of it.
   */
  async bringInBySql(): Promise<void> {
    const { a, b } = this.world;
    const { owner, systemUrl } = this.database;
    await lookAt(owner, b.organizationId);
    const theirs: [string, Record<string, unknown>][] = [];
    for (const { table, condition } of tablesWithRows()) {
      const [found] = await rowsOf<{ row: Record<string, unknown> }>(
        owner,
        `select to_jsonb(t) as row from ${table} t where ${condition} limit 1`,
        [b.organizationId],
      );
      if (found) theirs.push([table, found.row]);
    }
    await asRole(systemUrl, async (system) => {
      for (const [table, row] of theirs) {
        const copy = 'id' in row && table !== 'organizations' ? { ...row, id: newId() } : row;
        for (const isFirst of [false, true]) {
          await this.#refused(system, `${table} into the other`, b.organizationId, [
            [table, copy, isFirst],
          ]);
          await this.#refused(system, `${table} of the other into a new one`, newId(), [
            ['organizations', null, true],
            [table, copy, isFirst],
          ]);
          await this.#refused(system, `${table} of the other into its own`, a.organizationId, [
            [table, copy, isFirst],
          ]);
        }
      }
    });
  }

  /** Calls the function for each row, as `organizationId`; the last call must be refused. All is rolled back. */
  async #refused(
    system: pg.Client,
    what: string,
    organizationId: string,
    calls: [string, Record<string, unknown> | null, boolean][],
  ): Promise<void> {
    this.findings.tried('rows that are restored into another organization');
    const made = { id: organizationId, name: 'New', slug: organizationId };
    await system.query('begin');
    try {
      await lookAt(system, organizationId);
      for (const [at, [table, given, isFirst]] of calls.entries()) {
        const row = given ?? made;
        const isLast = at === calls.length - 1;
        const outcome = await system
          .query('select organization_restore($1, $2::text[], $3::jsonb, $4)', [
            ...[table, Object.keys(row), JSON.stringify([row]), isFirst],
          ])
          .then(
            () => null,
            (error: { code?: string; message: string }) => error,
          );
        if (!isLast && outcome !== null) throw new Error(outcome.message);
        // 23505: the other is there already, and its own row cannot be made twice.
        const isRefused = outcome?.code === '42501' || outcome?.code === '23505';
        if (isLast && !isRefused)
          this.findings.hole(`restores ${what}`, outcome?.message ?? 'was not refused');
      }
    } finally {
      await system.query('rollback');
    }
  }

  #commands<T>(work: (commands: ArchiveCommands) => Promise<T>): Promise<T> {
    return runInContext({ requestId: 'isolation-proof' }, () =>
      work(this.running.get(ArchiveCommands)),
    );
  }
}
