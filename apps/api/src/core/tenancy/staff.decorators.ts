import {
  applyDecorators,
  createParamDecorator,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import { ROUTE_ACCESS, type RouteAccess } from './access.decorators.js';
import type { StaffPermission } from './staff-permissions.js';
import type { StaffPrincipal } from './staff-realm.js';

/** The route may be called by staff with `permission` only; to everybody else it is not there. */
export function RequireStaff(permission: StaffPermission): MethodDecorator {
  return applyDecorators(
    SetMetadata(ROUTE_ACCESS, { kind: 'staff', permission } satisfies RouteAccess),
    ApiBearerAuth(),
    ApiExtension('x-staff-permission', permission),
  );
}

/** The route is a way in for staff: there for whoever is at an address of theirs. `reason` says why no more is asked. */
export function StaffDoor(reason: string): MethodDecorator {
  return applyDecorators(
    SetMetadata(ROUTE_ACCESS, { kind: 'staff_door', reason } satisfies RouteAccess),
    ApiExtension('x-staff-door', reason),
  );
}

/** Who of the staff asks, as the guard found it. */
export const CurrentStaff = createParamDecorator(
  (_: unknown, context: ExecutionContext): StaffPrincipal =>
    context.switchToHttp().getRequest().staff,
);
