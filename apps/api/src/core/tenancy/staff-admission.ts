import { Injectable, NotFoundException } from '@nestjs/common';
import { currentContext } from '../context/context.js';
import type { RouteAccess } from './access.decorators.js';
import { StaffPermissionMissing } from './access.exceptions.js';
import { bearer } from './bearer.js';
import { StaffRealm, type StaffPrincipal } from './staff-realm.js';

/** What a route of the staff demands. */
export type StaffAccess = Extract<RouteAccess, { kind: 'staff' | 'staff_door' }>;

export interface StaffRequest {
  headers: { authorization?: string };
  staff?: StaffPrincipal;
}

/**
 * Lets the deployment's own staff pass. To everybody else, whatever their rights in an organization, a route of theirs
 * answers as one that does not exist.
 */
@Injectable()
export class StaffAdmission {
  constructor(private readonly realm: StaffRealm) {}

  /** Puts who asks into the context and the request. Throws what an unknown route does, StaffPermissionMissing. */
  async admit(access: StaffAccess, request: StaffRequest): Promise<true> {
    const work = currentContext();
    if (work === undefined) throw new Error('the request context was lost before the guard');
    if (!this.realm.isSeenFrom(work.origin)) throw new NotFoundException();
    if (access.kind === 'staff_door') return true;
    const credential = bearer(request.headers.authorization);
    const staff = credential === null ? null : await this.realm.resolve(credential);
    if (staff === null) throw new NotFoundException();
    work.actor = { type: 'staff', id: staff.id, name: staff.name };
    request.staff = staff;
    if (!staff.permissions.has(access.permission))
      throw new StaffPermissionMissing(access.permission);
    return true;
  }
}
