import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentContext, runInContext } from '#core/context/context.js';
import {
  COUNTED_AT_MOST,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Accounts } from '#modules/users/accounts.service.js';
import { IdentitiesService } from '#modules/users/identities.service.js';
import { OrganizationNotFound, SessionNotFound, SignInAgain } from './auth.exceptions.js';
import type { SignedInDto } from './dto/auth.dto.js';
import type { OwnOrganizationDto } from './dto/own-organization.dto.js';
import type { SessionDto } from './dto/session.dto.js';
import type { SignedInPerson } from './person.js';
import { SessionsService } from './sessions.service.js';
import { SignIn } from './sign-in.service.js';
import { sessionSelect, toOwnOrganizationDto, toSessionDto } from './person-sessions.view.js';

/** A person's sessions, in all of their organizations: theirs to see and to end, from any. */
@Injectable()
export class PersonSessions {
  constructor(
    private readonly system: SystemDb,
    private readonly sessions: SessionsService,
    private readonly accounts: Accounts,
    private readonly identities: IdentitiesService,
    private readonly signIns: SignIn,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** The sessions that live, the one used last first. */
  async list(person: SignedInPerson, page: PageRequest): Promise<Page<SessionDto>> {
    const where = { ...this.#alive(person.identityId), ...(await this.#bounds(person)) };
    const { cursor, skip, limit } = page;
    const after = cursor
      ? {
          OR: [
            { lastUsedAt: { lt: cursor.key } },
            { lastUsedAt: cursor.key, id: { lt: cursor.id } },
          ],
        }
      : {};
    const { client } = this.system;
    const [rows, counted, names] = await Promise.all([
      client.session.findMany({
        where: { AND: [where, after] },
        orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
        ...{ skip, take: limit + 1, select: sessionSelect },
      }),
      client.session.count({ where, take: COUNTED_AT_MOST }),
      this.accounts.organizationNames(person.identityId),
    ]);
    return toPage(
      rows,
      page,
      counted,
      ({ id, lastUsedAt }) => ({ key: lastUsedAt.toISOString(), id }),
      (row) => toSessionDto(row, names, person.sessionId),
    );
  }

  /** Ends one session of the person. Throws {@link SessionNotFound}; quiet when it has ended already. */
  async end(person: SignedInPerson, id: string): Promise<void> {
    const { identityId } = person;
    const session = await this.system.client.session.findFirst({
      where: { id, identityId, ...(await this.#bounds(person)) },
      select: { id: true, organizationId: true, membershipId: true },
    });
    if (!session) throw new SessionNotFound();
    await this.system.transaction(async (tx) => {
      if (await this.sessions.revoke(tx, id)) this.#tellEnd(session);
    });
    this.sessions.forget(id);
  }

  /** Ends every session of the person but the one that asks. Gives how many. */
  async endOthers(person: SignedInPerson): Promise<number> {
    const bounds = await this.#bounds(person);
    const { identityId, sessionId } = person;
    const ended = await this.system.transaction(async (tx) => {
      const revoked = await this.sessions.revokeAll(tx, { identityId, ...bounds }, sessionId);
      for (const session of revoked) this.#tellEnd(session);
      return revoked;
    });
    for (const { id } of ended) this.sessions.forget(id);
    return ended.length;
  }

  /** The organizations that the person is in, the one joined last first. */
  async organizations(
    person: SignedInPerson,
    page: PageRequest,
  ): Promise<Page<OwnOrganizationDto>> {
    const { identityId, organizationId } = person;
    const { rows, counted } = await this.accounts.memberships(
      { identityId, ...(await this.#bounds(person)) },
      page,
      COUNTED_AT_MOST,
    );
    return toPage(rows, page, counted, newestFirstCursor, (row) =>
      toOwnOrganizationDto(row, organizationId),
    );
  }

  /**
   * Moves the session to another organization of the person: the access token of the old one is void at once. What
   * the other demands is asked as at a sign-in. Throws {@link OrganizationNotFound}, and what SignIn.check throws.
   */
  async switchTo(person: SignedInPerson, organizationId: string): Promise<SignedInDto> {
    const { sessionId, identityId, ...from } = person;
    const place = await this.identities.place(identityId, organizationId);
    if (!place) throw new OrganizationNotFound();
    const how = await this.sessions.openedBy(sessionId);
    if (how.method === 'sso' && organizationId !== from.organizationId) throw new SignInAgain();
    await this.signIns.check(place, how);
    return this.signIns.move(sessionId, { ...from, identityId }, organizationId, () =>
      Promise.resolve(place),
    );
  }

  /**
   * What a session may see of its person. Who runs an organization's provider can be anybody in it: such a session
   * sees and changes nothing of the others.
   */
  async #bounds({
    sessionId,
    organizationId,
  }: SignedInPerson): Promise<{ organizationId?: string }> {
    return (await this.sessions.openedBy(sessionId)).method === 'sso' ? { organizationId } : {};
  }

  #alive(identityId: string) {
    const now = this.clock.now();
    return {
      identityId,
      revokedAt: null,
      expiresAt: { gt: now },
      OR: [{ endsAt: null }, { endsAt: { gt: now } }],
    };
  }

  /** In the log of the organization that the session was for, as done by the person there. */
  #tellEnd(session: { id: string; organizationId: string; membershipId: string }): void {
    const context = currentContext();
    const actor = { type: 'user' as const, id: session.membershipId, name: '' };
    const { address = null, userAgent = null } = context?.origin ?? {};
    runInContext({ requestId: 'system', ...context, actor }, () =>
      this.ledger.recordIn(session.organizationId, {
        type: 'auth.session_revoked',
        subject: { type: 'session', id: session.id },
        data: { userId: session.membershipId, address, userAgent },
      }),
    );
  }
}
