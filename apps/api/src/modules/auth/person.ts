import type { Principal } from '#core/tenancy/principal.js';
import type { Place } from '#modules/users/identities.service.js';
import { PeopleOnly } from './auth.exceptions.js';

/** A person who is signed in: their place and their session. */
export interface SignedInPerson extends Place {
  sessionId: string;
}

/** The person of a principal. Throws {@link PeopleOnly} for an API key. */
export function personOf(principal: Principal): SignedInPerson {
  const { organizationId, actor, sessionId, identityId } = principal;
  if (sessionId === null || identityId === null) throw new PeopleOnly();
  return { organizationId, membershipId: actor.id, identityId, sessionId };
}
