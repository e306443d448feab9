import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { currentContext } from '../context/context.js';
import { isId } from '../context/ids.js';
import { ROUTE_ACCESS, type RouteAccess } from './access.decorators.js';
import {
  FeatureIsOff,
  OrganizationSuspended,
  PermissionMissing,
  SupportReadsOnly,
  Unauthenticated,
} from './access.exceptions.js';
import { bearer, type PresentedCredential } from './bearer.js';
import { Entitlements, requireAccess } from './entitlements.js';
import { ROUTE_FEATURE, type FeatureName } from './feature-registry.js';
import { Features } from './features.js';
import { PrincipalResolver, type Principal } from './principal.js';
import { StaffAdmission, type StaffRequest } from './staff-admission.js';

/** Methods that change nothing (RFC 9110, 9.2.1). */
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

interface AuthenticatedRequest extends PresentedCredential, StaffRequest {
  method: string;
  routeOptions: { url?: string };
  params?: Record<string, string>;
  principal?: Principal;
}

/**
 * Lock 1. Finds out who asks, puts their organization into the context that the outermost hook opened, and lets
 * the request pass if the route's demand is met. The organization is the credential's own: no header, path,
 * query or body can name another.
 */
@Injectable()
export class TenantGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly principals: PrincipalResolver,
    private readonly entitlements: Entitlements,
    private readonly staff: StaffAdmission,
    private readonly features: Features,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    // The boot check refuses a route without a declaration; if one slips through, it is closed.
    if (access === undefined) throw new Unauthenticated();
    if (access.kind === 'public') return true;

    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (access.kind === 'staff' || access.kind === 'staff_door')
      return this.staff.admit(access, request);
    const found = request.presented === undefined ? this.#look(request) : request.presented;
    const principal = found instanceof Promise ? await found : found;
    if (principal === null) throw new Unauthenticated();
    const work = currentContext();
    if (work === undefined) throw new Error('the request context was lost before the guard');
    work.organizationId = principal.organizationId;
    work.actor = principal.actor;
    request.principal = principal;
    if (work.origin) principal.admit?.(work.origin);
    if (access.kind === 'permission' && !principal.permissions.has(access.permission)) {
      throw new PermissionMissing(access.permission);
    }
    this.#requireFeature(context, principal.organizationId);
    if (principal.look) await look(principal, access, request);
    if (isHalted(principal, access, request.method)) throw new OrganizationSuspended();
    if (access.kind === 'permission') {
      const { organizationId, actor } = principal;
      const grant =
        this.entitlements.known(organizationId) ?? (await this.entitlements.of(organizationId));
      requireAccess(grant, access.permission, READING.has(request.method), actor.id);
    }
    return true;
  }

  #requireFeature(context: ExecutionContext, organizationId: string): void {
    const feature = this.reflector.getAllAndOverride<FeatureName | undefined>(ROUTE_FEATURE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (feature !== undefined && !this.features.isOn(feature, organizationId))
      throw new FeatureIsOff(feature);
  }

  #look({ headers }: AuthenticatedRequest): Promise<Principal | null> | Principal | null {
    const credential = bearer(headers.authorization);
    return credential === null ? null : this.principals.resolve(credential);
  }
}

/** What a person does to their own account needs no permission and goes on; so does an owner's keeping the organization. */
function isHalted({ halted }: Principal, access: RouteAccess, method: string): boolean {
  if (!halted || access.kind !== 'permission' || READING.has(method)) return false;
  return halted === 'suspended' || access.permission !== 'organization:own';
}

/** Writes down what one of the staff is about to see. Throws {@link SupportReadsOnly} for all that is not reading. */
async function look(
  principal: Principal,
  access: RouteAccess,
  { method, routeOptions, params }: AuthenticatedRequest,
): Promise<void> {
  if (access.kind !== 'permission' || !READING.has(method)) throw new SupportReadsOnly();
  const named = Object.values(params ?? {}).find((value) => isId(value.toLowerCase()));
  await principal.look?.({
    route: `${method} ${routeOptions.url ?? ''}`,
    subjectId: named?.toLowerCase() ?? null,
  });
}
