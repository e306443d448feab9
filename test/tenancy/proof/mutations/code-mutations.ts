import { currentContext } from '#core/context/context.js';
import { TenantQuery } from '#core/database/tenant-query.js';
import { PERMISSION_NAMES } from '#core/tenancy/permissions.js';
import { StaffAdmission } from '#core/tenancy/staff-admission.js';
import { STAFF_PERMISSION_NAMES } from '#core/tenancy/staff-permissions.js';
import { TenantGuard } from '#core/tenancy/tenant.guard.js';
import { TenantScope } from '#core/tenancy/tenant-scope.js';
import { StaffRealmService } from '#modules/admin/staff-realm.service.js';
import { SupportPrincipalsService } from '#modules/support/support-principals.service.js';
import { ROUTE_CASES } from '../routes/cases.js';
import type { Mutation } from './mutation.js';

type Method = (this: unknown, ...args: never[]) => unknown;

/** Replaces a method of the running product. */
function replaced(
  what: Omit<Mutation, 'apply' | 'undo'>,
  prototype: object,
  name: string,
  make: (original: Method) => Method,
): Mutation {
  const methods = prototype as Record<string, Method>;
  const original = methods[name]!;
  return {
    ...what,
    apply: () => void (methods[name] = make(original)),
    undo: () => void (methods[name] = original),
  };
}

interface HttpContext {
  switchToHttp(): {
    getRequest(): { headers: Record<string, string>; query?: Record<string, string> };
  };
}

/** The guard and the extension taken out, and the guard made gullible. */
export function codeMutations(): Mutation[] {
  const believing = (where: string, read: (context: HttpContext) => string | undefined): Mutation =>
    replaced(
      { name: `the guard believes ${where}`, lock: 'guard', noticedBy: ['names'] },
      TenantGuard.prototype,
      'canActivate',
      (original) =>
        async function (this: unknown, ...args: never[]) {
          const passes = await original.apply(this, args);
          const named = read(args[0] as unknown as HttpContext);
          const work = currentContext();
          if (named !== undefined && work?.organizationId !== undefined)
            work.organizationId = named;
          return passes;
        },
    );
  return [
    replaced(
      { name: 'no guard', lock: 'guard', noticedBy: ['credentials'], attackedBy: 'routes' },
      TenantGuard.prototype,
      'canActivate',
      () => () => Promise.resolve(true),
    ),
    believing(
      'a header',
      (context) => context.switchToHttp().getRequest().headers['x-organization-id'],
    ),
    believing('the query', (context) => context.switchToHttp().getRequest().query?.organizationId),
    replaced(
      { name: 'no extension', lock: 'extension', noticedBy: ['handle'], attackedBy: 'handle' },
      TenantScope.prototype,
      'apply',
      () => (_model: unknown, _operation: unknown, args: unknown) => args ?? {},
    ),
    replaced(
      { name: 'no tenant is set', lock: 'policies', noticedBy: ['bare'], attackedBy: 'handle' },
      TenantQuery.prototype,
      'prepare',
      () => (Object.getPrototypeOf(TenantQuery.prototype) as { prepare: Method }).prepare,
    ),
    withoutCase('GET /api/v1/tickets/:id'),
    {
      name: 'rows of the other are written where nothing holds',
      lock: 'proof',
      noticedBy: ['rows'],
      apply: () => undefined,
      undo: () => undefined,
    },
    ...staffMutations(),
  ];
}

type Resolve = (credential: string) => Promise<object | null>;

/** What keeps the staff apart from everybody else, from each other's rights, and out of organizations. */
function staffMutations(): Mutation[] {
  const resolving = (
    name: string,
    noticedBy: Mutation['noticedBy'],
    realm: object,
    change: (original: Resolve) => Resolve,
  ): Mutation =>
    replaced(
      { name, lock: 'guard', noticedBy },
      realm,
      'resolve',
      (original) =>
        function (this: unknown, ...args: never[]) {
          const resolve = (): Promise<object | null> =>
            original.apply(this, args) as Promise<object | null>;
          return change(resolve)(String(args[0]));
        },
    );
  const all = { permissions: new Set([...PERMISSION_NAMES, ...STAFF_PERMISSION_NAMES]) };
  const before = new Map<string, object>();
  return [
    replaced(
      { name: 'the doors of the staff stand open', lock: 'guard', noticedBy: ['realms'] },
      StaffAdmission.prototype,
      'admit',
      () => () => Promise.resolve(true),
    ),
    resolving(
      'each of the staff has every right',
      ['realms'],
      StaffRealmService.prototype,
      (resolve) => async (credential) => {
        const found = await resolve(credential);
        return found && { ...found, ...all };
      },
    ),
    resolving(
      'staff who were let in have every right',
      ['support'],
      SupportPrincipalsService.prototype,
      (resolve) => async (credential) => {
        const found = await resolve(credential);
        return found && { ...found, ...all };
      },
    ),
    resolving(
      'staff who were let in may write',
      ['support'],
      SupportPrincipalsService.prototype,
      (resolve) => async (credential) => {
        const found = await resolve(credential);
        return found && { ...found, ...all, look: undefined };
      },
    ),
    resolving(
      'staff who were let in stay when it is over',
      ['support'],
      SupportPrincipalsService.prototype,
      (resolve) => async (credential) => {
        const [, claims = ''] = credential.split('.');
        const { acc } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as {
          acc: string;
        };
        const found = await resolve(credential);
        if (found) before.set(acc, found);
        return found ?? before.get(acc) ?? null;
      },
    ),
  ];
}

/** The proof's own lock: a route that nobody has thought of fails it. */
function withoutCase(name: string): Mutation {
  const how = ROUTE_CASES[name]!;
  return {
    name: 'a route without a case',
    lock: 'proof',
    noticedBy: ['cases'],
    apply: () => void delete ROUTE_CASES[name],
    undo: () => void (ROUTE_CASES[name] = how),
  };
}
