import { Injectable } from '@nestjs/common';
import { requireOrganizationId } from '#core/context/context.js';
import { ActorRights, type StandingActor } from '#core/tenancy/actor-rights.js';
import { PERMISSION_NAMES, type Permission } from '#core/tenancy/permissions.js';
import { ApiKeyStandings } from '#modules/integrations/api-key-standings.service.js';
import { UserRights } from '#modules/users/user-rights.service.js';
import { Principals } from './principals.service.js';

const NONE: ReadonlySet<Permission> = new Set();

/** What people and programs may do now, for work that they asked for before. */
@Injectable()
export class ActorStandings extends ActorRights {
  constructor(
    private readonly people: UserRights,
    private readonly keys: ApiKeyStandings,
    private readonly principals: Principals,
  ) {
    super();
  }

  override async of({ type, id, sessionId }: StandingActor): Promise<ReadonlySet<Permission>> {
    // The product's own doing: the demo, a command of the operator.
    if (type === 'system') return new Set(PERMISSION_NAMES);
    if (id === null) return NONE;
    if (type === 'api_key') return this.keys.scopesOf(id);
    if (type !== 'user') return NONE;
    if (sessionId) return (await this.#signedIn(id, sessionId)) ?? NONE;
    return (await this.people.of([id])).get(id)?.permissions ?? NONE;
  }

  async #signedIn(id: string, sessionId: string): Promise<ReadonlySet<Permission> | undefined> {
    const organizationId = requireOrganizationId('a standing');
    const claims = { org: organizationId, sub: id, sid: sessionId };
    return (await this.principals.standing(claims))?.permissions;
  }
}
