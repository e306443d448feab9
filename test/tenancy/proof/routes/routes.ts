import { AccessCheck, type DeclaredRoute } from '#core/tenancy/access-check.js';
import { startApp, type RunningApp } from '../../../support/app.js';
import { AccessTokens } from '#modules/auth/access-tokens.service.js';
import { Findings, type PartResult } from '../finding.js';
import type { ScratchDatabase } from '../scratch.js';
import type { World } from '../world/world.js';
import { RouteAssault } from './assault.js';
import { ROUTE_CASES } from './cases.js';
import { operationOf, queryParameters, unswapped } from './document.js';
import { Sinks } from './sinks.js';

/**
 * Part 3: every route, with every id in it swapped for one of B's, by a person and by a program of A's; and what
 * left the product meanwhile by other ways; a few of B's ids in each place unless `thorough`. Boots the product with its worker on `database`.
 */
export async function proveRoutes(
  database: ScratchDatabase,
  world: World,
  thorough: boolean,
): Promise<PartResult> {
  const findings = new Findings('routes');
  const running = await startApp({
    database,
    dataDir: database.filesDir,
    worker: true,
    listen: true,
  });
  try {
    const routes = running.get(AccessCheck).routes();
    checkCases(running, routes, findings);
    const sinks = new Sinks(running, database.owner, world);
    await sinks.open();
    const assault = new RouteAssault(running, database.owner, world, findings, false, thorough);
    await assault.begin();
    const forged = forgeries(running, world);
    for (const route of routes) {
      const how = ROUTE_CASES[nameOf(route)];
      if (!how) continue;
      findings.tried('routes');
      await assault.comeWithout(route, how, forged);
      await assault.swapIds(route, how);
      await assault.nameTheOther(route, how);
      await assault.inject(
        route,
        how,
        queryParameters(operationOf(running.document, route.method, route.path)),
      );
      await assault.finish(route);
    }
    await sinks.letTheOtherWork();
    await sinks.inspect(findings);
    return findings.result();
  } finally {
    await running.close();
  }
}

/** `GET /api/v1/tickets/:id`. */
export function nameOf({ method, path }: DeclaredRoute): string {
  return `${method} ${path}`;
}

/** Credentials that are well made and not what they say. */
export function forgeries(running: RunningApp, { a, b }: World): Record<string, string> {
  const tokens = running.get(AccessTokens);
  const [head, , signature] = a.token.split('.');
  const claims = {
    sub: b.ids.user,
    sid: b.ids.session,
    org: b.organizationId,
    aud: 'manydesk-api',
    exp: 4_102_444_800,
  };
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  return {
    'a token of its own, changed': `${head}.${body}.${signature}`,
    'an unsigned token': `${none}.${body}.`,
    "its own session in the other's name": tokens.sign({
      sub: a.ids.user,
      sid: a.ids.session,
      org: b.organizationId,
    }),
    "the other's person in its own session": tokens.sign({
      sub: b.ids.user,
      sid: a.ids.session,
      org: b.organizationId,
    }),
    "the other's session, its own person": tokens.sign({
      sub: a.ids.user,
      sid: b.ids.session,
      org: b.organizationId,
    }),
    'an API key with a wrong end': `${a.secret.slice(0, -1)}${a.secret.endsWith('0') ? '1' : '0'}`,
  };
}

/** Every route has a case, every case a route, every id of a route a swap. */
export function checkCases(running: RunningApp, routes: DeclaredRoute[], findings: Findings): void {
  const names = routes.map(nameOf);
  for (const route of routes) {
    const how = ROUTE_CASES[nameOf(route)];
    if (!how) {
      findings.hole(nameOf(route), 'is a route without a case in routes/cases.ts');
      continue;
    }
    const operation = operationOf(running.document, route.method, route.path);
    for (const place of unswapped(running.document, operation, route.path, how)) {
      findings.hole(nameOf(route), `has an id in ${place} that its case does not swap`);
    }
    if (!how.swaps && !how.without)
      findings.hole(nameOf(route), 'swaps nothing and does not say why');
  }
  for (const name of Object.keys(ROUTE_CASES)) {
    if (!names.includes(name)) findings.hole(name, 'is a case without a route');
  }
  const documented = Object.entries(running.document.paths).flatMap(([path, item]) =>
    Object.keys(item).map(
      (method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    ),
  );
  for (const name of documented)
    if (!names.includes(name)) findings.hole(name, 'is in the document and not among the routes');
}
