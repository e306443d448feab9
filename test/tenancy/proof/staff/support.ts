import type { DeclaredRoute } from '#core/tenancy/access-check.js';
import { SupportPrincipalsService } from '#modules/support/support-principals.service.js';
import { SUPPORT_SCOPES } from '#modules/support/support-terms.service.js';
import type pg from 'pg';
import type { RunningApp } from '../../../support/app.js';
import { expectStatus } from '../../../support/as.js';
import type { Findings } from '../finding.js';
import { RouteAssault } from '../routes/assault.js';
import { send, toSent, tokenOf, type Got } from '../routes/request.js';
import { lookAt } from '../world/rows.js';
import type { World } from '../world/world.js';
import type { Cast } from './cast.js';
import { caseOf, codeOf, EMPTY, isTenants } from './realms.js';

/** How the guard refuses them, before anything is done. */
const REFUSALS = ['auth.forbidden', 'support.reads_only'];

/** One of the staff whom A let in, with all that can be asked for, at every route of an organization. */
export class SupportAssault {
  #accessId = '';

  constructor(
    private readonly running: RunningApp,
    private readonly owner: pg.Client,
    private readonly world: World,
    private readonly findings: Findings,
    private readonly cast: Cast,
  ) {}

  /** A lets them in, for as long as one can. */
  async begin(): Promise<void> {
    const { running, world, cast } = this;
    const asked = await running.as(cast.staff('support')).post('/admin/support-accesses', {
      organizationId: world.a.organizationId,
      reason: 'To see what they should not',
      scopes: SUPPORT_SCOPES,
      hours: 72,
    });
    this.#accessId = expectStatus(asked, 201).body.data.id;
    const owner = running.as(tokenOf(running, world.a));
    const place = `/support-accesses/${this.#accessId}`;
    expectStatus(await owner.put(`${place}/grant`, { hours: 72 }), 200);
  }

  /** What may be looked at is shown; all else is refused: secrets, keys, bills, exports, and every change. */
  async seeOwn(routes: DeclaredRoute[]): Promise<void> {
    for (const route of routes.filter(isTenants)) {
      const got = await this.#ask(route);
      // A directory is told so in its own words, which have no codes (RFC 7644, 3.12).
      const isRefused =
        got.status === 403 &&
        (REFUSALS.includes(codeOf(got)) || route.path.startsWith('/api/v1/scim/'));
      // What is a person's own is nobody's who looks.
      const isNobodys = got.status === 403 && codeOf(got) === 'auth.people_only';
      if (isShown(route) ? got.status !== 200 && !isNobodys : !isRefused)
        this.#hole(route, got, isShown(route) ? '200' : '403');
    }
  }

  /** Ids of B's are those of nobody, as for A itself. */
  async reachForTheOther(routes: DeclaredRoute[]): Promise<void> {
    const assault = new RouteAssault(
      this.running,
      this.owner,
      this.world,
      this.findings,
      false,
      true,
      () => [this.#token()],
    );
    await assault.begin();
    for (const route of routes.filter(isShown)) {
      await assault.swapIds(route, caseOf(route));
      await assault.nameTheOther(route, caseOf(route));
    }
  }

  /** A takes it back: nothing is shown from then on, with a credential that was good a moment ago. */
  async end(routes: DeclaredRoute[]): Promise<void> {
    const { running, world } = this;
    const owner = running.as(tokenOf(running, world.a));
    expectStatus(await owner.delete(`/support-accesses/${this.#accessId}`), 200);
    for (const route of routes.filter(isTenants)) {
      const got = await this.#ask(route);
      if (got.status !== 401) this.#hole(route, got, '401, since it is over');
    }
  }

  /** Takes away what they left behind, so that A has what it had. */
  async leave(): Promise<void> {
    const { organizationId } = this.world.a;
    await lookAt(this.owner, organizationId);
    const values = [organizationId, this.#accessId];
    await this.owner.query(
      'delete from support_looks where organization_id = $1 and access_id = $2',
      values,
    );
    await this.owner.query(
      'delete from support_accesses where organization_id = $1 and id = $2',
      values,
    );
  }

  /** They are out of the staff’s own doors with it, too. */
  async atTheStaffs(routes: DeclaredRoute[]): Promise<void> {
    for (const route of routes.filter(({ access }) => access.kind === 'staff')) {
      const got = await this.#ask(route);
      if (got.status !== 404) this.#hole(route, got, '404');
    }
  }

  #ask(route: DeclaredRoute): Promise<Got> {
    this.findings.tried('requests of staff who were let in');
    const asked = { ...EMPTY, ...caseOf(route).asks(this.world.a) };
    return send(this.running, toSent(route.method, route.path, asked, this.#token()));
  }

  #token(): string {
    const { id: staffId, sessionId } = this.cast.staffIds.support;
    return this.running.get(SupportPrincipalsService).credential({
      ...{ accessId: this.#accessId, organizationId: this.world.a.organizationId },
      ...{ staffId, sessionId },
    });
  }

  #hole({ method, path }: DeclaredRoute, got: Got, wanted: string): void {
    this.findings.hole(
      `${method} ${path}: staff who were let in`,
      `answered ${got.status} ${codeOf(got)}, not ${wanted}`,
    );
  }
}

/** Whether staff can be let look at it. */
function isShown({ method, access }: DeclaredRoute): boolean {
  return (
    method === 'GET' &&
    access.kind === 'permission' &&
    (SUPPORT_SCOPES as readonly string[]).includes(access.permission)
  );
}
