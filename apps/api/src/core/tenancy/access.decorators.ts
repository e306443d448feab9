import {
  applyDecorators,
  createParamDecorator,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Permission } from './permissions.js';
import type { Principal } from './principal.js';
import type { StaffPermission } from './staff-permissions.js';

/**
 * What a route demands: a permission, a good credential of any kind, or nothing, and then why. Those of the staff demand
 * a permission of theirs, or to be asked from where they are.
 */
export type RouteAccess =
  | { kind: 'permission'; permission: Permission }
  | { kind: 'signed_in'; reason: string }
  | { kind: 'public'; reason: string }
  | { kind: 'staff'; permission: StaffPermission }
  | { kind: 'staff_door'; reason: string };

export const ROUTE_ACCESS = 'manydesk:route-access';

function access(value: RouteAccess): MethodDecorator & ClassDecorator {
  return SetMetadata(ROUTE_ACCESS, value);
}

/** The route may be called with `permission` only. */
export function RequirePermission(permission: Permission): MethodDecorator {
  return (target, key, descriptor) => {
    access({ kind: 'permission', permission })(target, key, descriptor as PropertyDescriptor);
    ApiBearerAuth()(target, key, descriptor as PropertyDescriptor);
    ApiExtension('x-permission', permission)(target, key!, descriptor as PropertyDescriptor);
  };
}

/** The route may be called by anyone who is signed in; `reason` says why no permission is asked. */
export function SignedIn(reason: string): MethodDecorator {
  return (target, key, descriptor) => {
    access({ kind: 'signed_in', reason })(target, key, descriptor as PropertyDescriptor);
    ApiBearerAuth()(target, key, descriptor as PropertyDescriptor);
    ApiExtension('x-signed-in', reason)(target, key!, descriptor as PropertyDescriptor);
  };
}

/** The route may be called by anyone; `reason` says why that is right. */
export function Public(reason: string): MethodDecorator & ClassDecorator {
  return applyDecorators(access({ kind: 'public', reason }), ApiExtension('x-public', reason));
}

/** The principal of the request, as the guard found it. */
export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal =>
    context.switchToHttp().getRequest().principal,
);
