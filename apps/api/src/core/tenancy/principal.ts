import type { Actor, Origin } from '../context/context.js';
import type { Permission } from './permissions.js';

/** What one of the staff is about to see. */
export interface Look {
  /** Method and path of the route, as it is declared. */
  route: string;
  /** The thing that the path names; null for a list. */
  subjectId: string | null;
}

/** Who a request is from, as its credential proves it. The organization comes from here and from nowhere else. */
export interface Principal {
  organizationId: string;
  actor: Actor & { type: 'user' | 'api_key' | 'staff'; id: string };
  permissions: ReadonlySet<Permission>;
  /** The session of a person; null for an API key. */
  sessionId: string | null;
  /** Whose session it is, across organizations; null for an API key. Never leaves the server. */
  identityId: string | null;
  /** Of a program: the membership of whoever was shown its secret. */
  holderId?: string | null;
  /** Of one of the staff: the access by which they look. They read, and nothing else. */
  supportAccessId?: string;
  /**
   * Why a person only reads here: the operator has suspended the organization, or it waits to be deleted (then an owner
   * may still keep it). A program is refused altogether, by {@link admit}.
   */
  halted?: 'suspended' | 'doomed' | null;
  /**
   * Asked on every request, on the cached path too: whether this credential may be used from where the request comes.
   * Throws the failure that says why not.
   */
  admit?(origin: Origin): void;
  /** Of one of the staff: writes a look down before there is anything to see. Rejects when it cannot. */
  look?(look: Look): Promise<void>;
}

/**
 * Whether a change that the database told, by its tag, may be about `principal`: what is held open for them asks for
 * their credential again. Whose role a `role:` is only the database knows.
 */
export function mayConcern(principal: Principal, tag: string): boolean {
  const { actor, sessionId, organizationId, supportAccessId } = principal;
  return (
    tag === `${actor.type}:${actor.id}` ||
    tag === `session:${sessionId}` ||
    tag === `support_access:${supportAccessId}` ||
    tag === `organization:${organizationId}` ||
    tag.startsWith('role:')
  );
}

/** Turns a bearer credential into a principal. The auth room provides it. */
export abstract class PrincipalResolver {
  /** Gives null for a credential that is unknown, expired or revoked; never says which. */
  abstract resolve(credential: string): Promise<Principal | null> | Principal | null;
}
