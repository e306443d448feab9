import type { Permission } from './permissions.js';

/** Whose doing something is, as a row or a link keeps it. */
export interface StandingActor {
  type: string;
  /** The membership or API key. */
  id: string | null;
  /** The session that a person must still be signed in by; left out where any will do. */
  sessionId?: string | null;
}

/**
 * What somebody may do now who asked for something earlier: a job that begins later, or a link that is followed later,
 * goes by the rights of then only as far as they still have them. The auth room provides it.
 */
export abstract class ActorRights {
  /**
   * The rights of `actor` in the organization in context: none of a person who was removed or deactivated or whose session
   * has ended, and none of a key that was revoked, has expired or has no secret left.
   */
  abstract of(actor: StandingActor): Promise<ReadonlySet<Permission>>;
}
