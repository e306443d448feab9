import { createHash } from 'node:crypto';
import type pg from 'pg';
import { newId } from '#core/context/ids.js';
import type { DeclaredRoute } from '#core/tenancy/access-check.js';
import type { RunningApp } from '../../../support/app.js';
import type { Findings } from '../finding.js';
import { changedTables, checksumOf } from '../world/rows.js';
import type { World } from '../world/world.js';
import type { Asked, Place, RouteCase } from './case.js';
import {
  areAlike,
  send,
  shapeOfAnswer,
  swapped,
  tokenOf,
  toSent,
  without,
  type Got,
} from './request.js';

const A_FEW = 3;
/** Names under which products have believed a request about its tenant. */
const TENANT_NAMES = ['organizationId', 'organization_id', 'organization', 'tenantId', 'orgId'];
const TENANT_HEADERS = [
  'x-organization-id',
  'x-organization',
  'x-tenant-id',
  'x-org-id',
  'organization-id',
  'x-manydesk-organization',
];

/** What an injected value would look like. */
function injections(b: string): string[] {
  return [
    "' or '1'='1",
    `x') or organization_id = '${b}' --`,
    `1; select set_config('app.organization_id', '${b}', false)`,
    `-createdAt, (select name from organizations where id = '${b}')`,
    '%',
    '{"organizationId":{"not":null}}',
  ];
}

/** Attacks the routes of a running product as organization A. */
export class RouteAssault {
  #checksum = '';
  /** All that A has said itself. */
  #said = '';
  stopped = 0;
  #stoppedAtLastLook = 0;

  constructor(
    private readonly running: RunningApp,
    private readonly owner: pg.Client,
    private readonly world: World,
    private readonly findings: Findings,
    /** With a lock taken away a request may fail as it likes, as long as nothing of B's is told or changed. */
    private readonly anyFailureWillDo = false,
    /** Whether every id is put into every place, or a few into each. */
    private readonly thorough = true,
    /** Who asks, if it is not A itself. */
    private readonly askers?: () => string[],
  ) {}

  async begin(): Promise<void> {
    this.#checksum = await checksumOf(this.owner, this.world.b.organizationId);
  }

  /** Every place of an id, with everything of B's that could stand there, by session and by API key. */
  async swapIds(route: DeclaredRoute, how: RouteCase): Promise<void> {
    for (const [place, swaps] of Object.entries(how.swaps ?? {})) {
      const excluded = how.excludes?.[place as Place];
      const tried = this.#choose(route, place, swaps(this.world.b));
      const by = async (token: string | null): Promise<void> => {
        for (const { what, theirs, nobodys } of tried) {
          const label = `${place} = the other's ${what}`;
          const got = await this.#compare(
            route,
            how,
            label,
            token,
            (asked) => swapped(without(asked, excluded), place as Place, theirs),
            (asked) => swapped(without(asked, excluded), place as Place, nobodys),
          );
          if (isOutOfOrder(got, place)) {
            this.findings.hole(
              `${route.method} ${route.path}: ${label}`,
              `was not tried, the request itself is out of order: ${cut(got.text)}`,
            );
          }
        }
      };
      const tokens = this.#tokens(route, how);
      if (isReading(route)) await Promise.all(tokens.map(by));
      else for (const token of tokens) await by(token);
      // A reading route is looked at once, when it is done with.
      if (!isReading(route)) await this.#look(route, place);
    }
  }

  /** All of them, or a few: others for each place of each route, so that among them all are tried. */
  #choose<T>(route: DeclaredRoute, place: string, all: readonly T[]): T[] {
    if (this.thorough || all.length <= A_FEW) return [...all];
    const start = createHash('sha256').update(`${route.method} ${route.path} ${place}`).digest();
    const stride = Math.floor(all.length / A_FEW);
    return Array.from({ length: A_FEW }, (_, at) => all[(start[0]! + at * stride) % all.length]!);
  }

  /** The organization named in a header, in the query, in the body. */
  async nameTheOther(route: DeclaredRoute, how: RouteCase): Promise<void> {
    const { organizationId } = this.world.b;
    const [token] = this.#tokens(route, how);
    for (const header of this.#choose(route, 'header', TENANT_HEADERS)) {
      const named = (asked: Asked): Asked => swapped(asked, `header.${header}`, organizationId);
      await this.#compare(route, how, `header ${header}`, token!, named, (asked) => asked);
    }
    const host = (asked: Asked): Asked => ({
      ...asked,
      headers: {
        ...asked.headers,
        'x-forwarded-host': `${this.world.b.names.slug}.desk.example`,
        ...(how.refusesOrigins
          ? {}
          : { origin: `https://${this.world.b.names.slug}.desk.example` }),
      },
    });
    await this.#compare(route, how, 'host of the other', token!, host, (asked) => asked);
    for (const name of this.#choose(route, 'name', TENANT_NAMES)) {
      for (const place of ['query', 'body'] as const) {
        if (how.swaps?.[`${place}.${name}`]) continue;
        if (place === 'body' && typeof how.asks(this.world.a).body !== 'object') continue;
        const named =
          (value: string) =>
          (asked: Asked): Asked =>
            swapped(asked, `${place}.${name}`, value);
        await this.#compare(
          route,
          how,
          `${place} ${name}`,
          token!,
          named(organizationId),
          named(newId()),
        );
      }
    }
  }

  /** Each parameter of the query as a way into the SQL. */
  async inject(route: DeclaredRoute, how: RouteCase, parameters: string[]): Promise<void> {
    const [token] = this.#tokens(route, how);
    for (const parameter of parameters) {
      for (const text of injections(this.world.b.organizationId)) {
        const sent = toSent(
          route.method,
          route.path,
          swapped(this.#asked(how), `query.${parameter}`, text),
          token!,
        );
        const got = await send(this.running, sent);
        await this.#judge(route, `query ${parameter} = ${text}`, got, JSON.stringify(sent));
      }
    }
  }

  /** Lock 1: no credential, and credentials that are not what they say. */
  async comeWithout(
    route: DeclaredRoute,
    how: RouteCase,
    forged: Record<string, string>,
  ): Promise<void> {
    if (isDoor(route)) return;
    // A route of the staff does not show itself: to everybody else it is not there.
    const wanted = route.access.kind === 'staff' ? 404 : 401;
    for (const [what, token] of Object.entries({ 'no credential': null, ...forged })) {
      this.findings.tried('requests with a bad credential');
      const got = await send(
        this.running,
        toSent(route.method, route.path, this.#asked(how), token),
      );
      const stopped = await this.#judge(route, what, got, '');
      if (got.status !== wanted)
        this.findings.hole(
          `${route.method} ${route.path}: ${what}`,
          `answered ${got.status}, not ${wanted}`,
        );
      else if (stopped) this.stopped += 1;
    }
  }

  async #compare(
    route: DeclaredRoute,
    how: RouteCase,
    what: string,
    token: string | null,
    theirs: (asked: Asked) => Asked,
    nobodys: (asked: Asked) => Asked,
  ): Promise<Got> {
    this.findings.tried('requests that name the other organization');
    const guesses = /\/(auth|me)\/|\/admin\/session/.test(route.path);
    if (guesses) await this.#forgetGuesses();
    const asked = this.#asked(how);
    const sent = toSent(route.method, route.path, theirs(asked), token);
    const ofNobody = (): Promise<Got> =>
      send(this.running, toSent(route.method, route.path, nobodys(this.#asked(how)), token));
    // What changes nothing is asked side by side: each waits for the database half of the time.
    const atOnce = isReading(route) && !guesses ? ofNobody() : undefined;
    const got = await send(this.running, sent);
    const said = decodeURIComponent(JSON.stringify(sent));
    this.#said += said;
    const own = how.echoes === undefined ? said + (how.repeats?.(this.world.b) ?? '') : this.#said;
    const stopped = await this.#judge(route, what, got, own);
    if (guesses) await this.#forgetGuesses();
    const twin = await (atOnce ?? ofNobody());
    const alike = how.echoes === undefined ? areAlike(got, twin) : got.status === twin.status;
    const same = this.anyFailureWillDo || how.runsOut !== undefined || alike;
    if (!same) {
      this.findings.hole(
        `${route.method} ${route.path}: ${what}`,
        `tells what exists: ${difference(shapeOfAnswer(got), shapeOfAnswer(twin))}`,
      );
    }
    if (stopped && same) this.stopped += 1;
    return got;
  }

  async #judge(route: DeclaredRoute, what: string, got: Got, sent: string): Promise<boolean> {
    const where = `${route.method} ${route.path}: ${what}`;
    const problems = this.world.secrets
      .in(`${got.text} ${JSON.stringify(got.headers)}`, sent)
      .map((secret) => `tells ${secret}`);
    if (got.status >= 500 && !this.anyFailureWillDo)
      problems.push(`answered ${got.status}: ${cut(got.text)}`);
    for (const problem of problems) this.findings.hole(where, problem);
    return problems.length === 0;
  }

  /** Whether anything of B's was changed since the last look. */
  async finish(route: DeclaredRoute): Promise<void> {
    await this.#look(route, 'all');
  }

  /** The sums over all rows of B cost more than a request, so they are taken once for the requests at one place. */
  async #look(route: DeclaredRoute, place: string): Promise<void> {
    const changes = await this.#changes();
    if (changes.length > 0) this.stopped = this.#stoppedAtLastLook;
    this.#stoppedAtLastLook = this.stopped;
    for (const change of changes)
      this.findings.hole(`${route.method} ${route.path}: ${place}`, change);
  }

  /** A throttle would answer in place of the walls. */
  async #forgetGuesses(): Promise<void> {
    const { organizationId } = this.world.b;
    await this.owner.query(
      'delete from sign_in_attempts where organization_id is distinct from $1::uuid',
      [organizationId],
    );
    await this.owner.query(
      `delete from factor_guesses where identity_id not in
        (select identity_id from memberships where organization_id = $1::uuid)`,
      [organizationId],
    );
  }

  async #changes(): Promise<string[]> {
    const now = await checksumOf(this.owner, this.world.b.organizationId);
    const changed = changedTables(this.#checksum, now);
    this.#checksum = now;
    return changed.map((table) => `changed ${table} of the other organization`);
  }

  #asked(how: RouteCase): Asked {
    return { path: {}, query: {}, headers: {}, ...how.asks(this.world.a) };
  }

  /** A person's and a program's credential; a public route is asked with neither. */
  #tokens(route: DeclaredRoute, how: RouteCase): (string | null)[] {
    if (this.askers) return this.askers();
    if (isDoor(route)) return [null];
    const { secret } = this.world.a;
    return how.onlyPrograms ? [secret] : [tokenOf(this.running, this.world.a), secret];
  }
}

function isReading({ method }: DeclaredRoute): boolean {
  return method === 'GET';
}

/** Whether whoever asks is nobody yet. */
function isDoor({ access }: DeclaredRoute): boolean {
  return access.kind === 'public' || access.kind === 'staff_door';
}

/** Where two answers part. */
function difference(theirs: string, nobodys: string): string {
  let at = 0;
  while (theirs[at] === nobodys[at]) at += 1;
  const from = Math.max(0, at - 40);
  return `…${theirs.slice(from, at + 100)}, and of what nobody has …${nobodys.slice(from, at + 100)}`;
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/**
 * Whether the request was refused for what A itself has put into it, before anybody could look at what was swapped in
 * `place`: of such an attack nothing can be learned.
 */
function isOutOfOrder({ status, text }: Got, place: string): boolean {
  if (status !== 400) return false;
  const { error } = JSON.parse(text) as { error?: { details?: unknown } };
  const refused = Array.isArray(error?.details) ? (error.details as Refusal[]) : [];
  const name = place.split('.')[1]!;
  return refused.some(
    ({ field, problem }) =>
      problem === 'is not a known field' ||
      !`${field.toLowerCase()}.`.startsWith(`${name.toLowerCase()}.`),
  );
}

interface Refusal {
  field: string;
  problem: string;
}
