import type { DeclaredRoute } from '#core/tenancy/access-check.js';
import { STAFF_ROLES, STAFF_ROLE_PERMISSIONS } from '#core/tenancy/staff-permissions.js';
import type { RunningApp } from '../../../support/app.js';
import type { Findings } from '../finding.js';
import type { RouteCase } from '../routes/case.js';
import { ROUTE_CASES } from '../routes/cases.js';
import { send, toSent, type Got } from '../routes/request.js';
import type { World } from '../world/world.js';
import type { Cast } from './cast.js';

/** The two realms, people of organizations and the staff, each at the doors of the other. */
export class Realms {
  constructor(
    private readonly running: RunningApp,
    private readonly world: World,
    private readonly findings: Findings,
    private readonly cast: Cast,
    private readonly routes: DeclaredRoute[],
  ) {}

  /** Whoever is of an organization finds nothing at the doors of the staff: what is there answers as what is not. */
  async tenantsAtTheStaffs(): Promise<void> {
    const nothing = codeOf(
      await send(this.running, toSent('GET', '/api/v1/admin/no-such-thing', EMPTY, null)),
    );
    for (const route of this.routes.filter(({ access }) => access.kind === 'staff')) {
      for (const [who, token] of Object.entries(this.cast.tenants)) {
        const got = await this.#ask(route, token);
        if (got.status !== 404 || codeOf(got) !== nothing)
          this.#hole(route, `${who} of an organization`, got, `404 ${nothing}`);
      }
    }
  }

  /** A credential of the staff is none in an organization. */
  async staffAtTheTenants(): Promise<void> {
    for (const route of this.routes.filter(isTenants)) {
      for (const role of STAFF_ROLES) {
        const got = await this.#ask(route, this.cast.staff(role));
        if (got.status !== 401) this.#hole(route, `staff (${role})`, got, '401');
      }
    }
  }

  /** Staff without a right are told so, and those with it see nothing that the list of what staff see does not have. */
  async staffAtTheirOwn(seen: ReadonlySet<string>): Promise<void> {
    for (const route of this.routes) {
      if (route.access.kind !== 'staff') continue;
      for (const role of STAFF_ROLES) {
        const may = STAFF_ROLE_PERMISSIONS[role].has(route.access.permission);
        if (may && route.method !== 'GET') continue;
        const got = await this.#ask(route, this.cast.staff(role), this.world.b.organizationId);
        if (!may && (got.status !== 403 || codeOf(got) !== 'staff.forbidden'))
          this.#hole(route, `staff (${role})`, got, '403 staff.forbidden');
        if (may && got.status !== 200) this.#hole(route, `staff (${role})`, got, '200');
        const told = this.world.secrets
          .in(got.text)
          .filter((word) => word.startsWith('kanarie') && !seen.has(word));
        for (const word of told)
          this.findings.hole(`${route.method} ${route.path}: staff (${role})`, `tells ${word}`);
      }
    }
  }

  #ask(route: DeclaredRoute, token: string, id?: string): Promise<Got> {
    this.findings.tried('requests at a door of the other realm, or without the right');
    const asked = { ...EMPTY, ...caseOf(route).asks(this.world.a) };
    if (id !== undefined && route.path.includes('/organizations/:id'))
      asked.path = { ...asked.path, id };
    return send(this.running, toSent(route.method, route.path, asked, token));
  }

  #hole({ method, path }: DeclaredRoute, who: string, got: Got, wanted: string): void {
    this.findings.hole(
      `${method} ${path}: ${who}`,
      `answered ${got.status} ${codeOf(got)}, not ${wanted}`,
    );
  }
}

export const EMPTY = { path: {}, query: {}, headers: {} };

/** Whether a route asks for a credential of an organization. */
export function isTenants({ access }: DeclaredRoute): boolean {
  return access.kind === 'permission' || access.kind === 'signed_in';
}

export function caseOf({ method, path }: DeclaredRoute): RouteCase {
  return ROUTE_CASES[`${method} ${path}`] ?? { asks: () => ({}), without: 'it has no case yet' };
}

/** The code of a refusal; empty for what is none. */
export function codeOf({ text }: Got): string {
  return /"code":"([\w.]+)"/.exec(text)?.[1] ?? '';
}
