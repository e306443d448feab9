import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { Log } from '#core/logging/log.js';
import { redact } from '#core/logging/redaction.js';
import type { RunningApp } from '../../../support/app.js';
import { expectStatus } from '../../../support/as.js';
import { settled } from '../../../support/jobs.js';
import { rowsOf } from '../catalog/facts.js';
import type { Findings } from '../finding.js';
import { lookAt, secretsOf } from '../world/rows.js';
import { canary } from '../world/secrets.js';
import type { World } from '../world/world.js';
import { tokenOf } from './request.js';

/** Everything that leaves the product beside the answers: A's event stream, logs, mails, job payloads, metrics. */
export class Sinks {
  readonly #lines: string[] = [];
  #stream = '';
  readonly #ending = new AbortController();
  #reading: Promise<void> | undefined;

  constructor(
    private readonly running: RunningApp,
    private readonly owner: pg.Client,
    private readonly world: World,
  ) {}

  /** Begins to listen to A's stream and to the log. */
  async open(): Promise<void> {
    const keep = (fields: object): void => void this.#lines.push(JSON.stringify(redact(fields)));
    Object.assign(this.running.get(Log), { pino: { info: keep, warn: keep, error: keep } });
    const response = await fetch(`${this.running.url}/api/v1/events/stream`, {
      headers: { authorization: `Bearer ${tokenOf(this.running, this.world.a)}` },
      signal: this.#ending.signal,
    });
    this.#reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of response.body!)
        this.#stream += decoder.decode(chunk as Uint8Array, { stream: true });
    })().catch(() => undefined);
  }

  /** Lets B work while A listens: what it says now is as secret as what it said before. */
  async letTheOtherWork(): Promise<void> {
    const b = this.running.as(this.world.b.secret);
    const ticket = {
      subject: canary(),
      body: canary(),
      requester: { email: `${canary()}@customer.example`, name: canary() },
      tags: [canary()],
    };
    const { id } = expectStatus(await b.post('/tickets', ticket), 201).body.data;
    expectStatus(await b.post(`/tickets/${id}/messages`, { kind: 'reply', body: canary() }), 201);
    expectStatus(await b.put(`/tickets/${id}/closure`), 200);
    // And A once more, so that its stream has something to say for itself.
    const a = this.running.as(this.world.a.secret);
    expectStatus(
      await a.post(`/tickets/${this.world.a.ids.ticket}/messages`, {
        kind: 'reply',
        body: 'Of the attacker’s own.',
      }),
      201,
    );
    await settled(this.running);
  }

  /** Looks into every sink for anything of B's. */
  async inspect(findings: Findings): Promise<void> {
    const { a, b } = this.world;
    const secrets = await secretsOf(this.owner, b.organizationId, a.organizationId);
    // A has invited B's owner and claimed B's domain: what it typed itself stands in its own log.
    const typed = `${b.names.ownerEmail} ${b.names.domain}`;
    const look = (where: string, text: string): void => {
      findings.tried('sinks');
      for (const secret of secrets.in(text, typed)) findings.hole(where, `holds ${secret}`);
    };
    this.#ending.abort();
    await this.#reading;
    if (!this.#stream.includes(a.organizationId))
      findings.hole("A's event stream", 'said nothing of A: the proof did not listen');
    look("A's event stream", this.#stream);
    const lines = this.#lines.filter(
      (line) => !line.includes(`"organizationId":"${b.organizationId}"`),
    );
    if (!lines.some((line) => line.includes(a.organizationId)))
      findings.hole('the log', 'said nothing of A: the proof did not listen');
    look('log lines that are not of B', lines.join('\n'));
    look("A's mails", this.#mailsOf(a.organizationId));
    const metrics = (await this.running.as(null).get('/metrics')).text;
    look('metrics', metrics);
    if (/[0-9a-f]{8}-[0-9a-f]{4}-/.test(metrics))
      findings.hole('metrics', 'have an id among their labels');
    await this.#inspectJobs(findings);
    await this.#inspectMailRows(findings, look);
  }

  #mailsOf(organizationId: string): string {
    const folder = join(this.running.dataDir, 'outbox', organizationId);
    if (!existsSync(folder)) return '';
    return readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
  }

  /** A job is ids: words of anybody have no business in it, and A's jobs name nothing of B's. */
  async #inspectJobs(findings: Findings): Promise<void> {
    const jobs = await rowsOf<{ job: string }>(
      this.owner,
      'select to_jsonb(j)::text as job from bullmq.job j',
    );
    findings.tried('sinks', jobs.length);
    if (jobs.length === 0) findings.hole('jobs', 'there are none: the proof did not look');
    const secrets = await secretsOf(
      this.owner,
      this.world.b.organizationId,
      this.world.a.organizationId,
    );
    for (const { job } of jobs) {
      if (/kanarie/.test(job)) findings.hole('jobs', `carry words: ${job.slice(0, 200)}`);
      if (job.includes(this.world.a.organizationId)) {
        for (const secret of secrets.in(job)) findings.hole("A's jobs", `hold ${secret}`);
      }
    }
  }

  async #inspectMailRows(
    findings: Findings,
    look: (where: string, text: string) => void,
  ): Promise<void> {
    await lookAt(this.owner, this.world.a.organizationId);
    const rows = await rowsOf<{ row: string }>(
      this.owner,
      'select to_jsonb(m)::text as row from outbound_mails m where organization_id = $1',
      [this.world.a.organizationId],
    );
    if (rows.length === 0)
      findings.hole("A's outbound mails", 'there are none: the proof did not look');
    look("A's outbound mails", rows.map(({ row }) => row).join('\n'));
  }
}
