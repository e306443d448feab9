import type { Origin } from '../context/context.js';
import type { StaffPermission, StaffRole } from './staff-permissions.js';

/** One of the deployment's own staff, as their credential proves it. In no organization. */
export interface StaffPrincipal {
  id: string;
  name: string;
  email: string;
  role: StaffRole;
  permissions: ReadonlySet<StaffPermission>;
  sessionId: string;
}

/** The staff's own way in, apart from that of tenants' people. The room of the staff provides it. */
export abstract class StaffRealm {
  /** Whether anybody at `origin` may know that there is a way in. */
  abstract isSeenFrom(origin: Origin | undefined): boolean;

  /** Who is behind a credential of the staff; null for any other, whatever else it may be good for. */
  abstract resolve(credential: string): Promise<StaffPrincipal | null>;
}
