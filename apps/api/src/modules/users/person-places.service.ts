import { Injectable } from '@nestjs/common';
import { currentContext, runInContext } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import type { NewEvent } from '#core/ledger/ledger-event.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { UserNotFound } from './users.exceptions.js';

/** What is known of a person apart from any organization. */
export interface PersonRecord {
  name: string;
  email: string;
  /** For checking a password; goes nowhere else. */
  passwordHash: string | null;
}

/** A place that a person holds now and has come into, and what its organization says about it. */
export interface ActivePlace {
  organizationId: string;
  membershipId: string;
  /** The person's name there. */
  name: string;
  locale: string;
  secondFactorRequired: boolean;
}

type Reader = Pick<SystemTransaction, 'membership'>;

/**
 * A person across their organizations: what they do to their account is their own, but each organization that they
 * have come into is told, because it trusts that account. A directory can name anybody as one of its people: an
 * organization that they never came into learns nothing of them, and has no say in their account.
 */
@Injectable()
export class PersonPlaces {
  constructor(private readonly ledger: Ledger) {}

  /** The person behind `identityId`. */
  person(tx: Pick<SystemTransaction, 'identity'>, identityId: string): Promise<PersonRecord> {
    return tx.identity.findFirstOrThrow({
      where: { id: identityId },
      select: { name: true, email: true, passwordHash: true },
    });
  }

  /** Whether the person has the password of `at` no longer, or is gone. */
  async hasChangedSince(
    tx: Pick<SystemTransaction, 'identity'>,
    identityId: string,
    at: Date,
  ): Promise<boolean> {
    const row = await tx.identity.findFirst({
      where: { id: identityId },
      select: { passwordChangedAt: true },
    });
    return row === null || (row.passwordChangedAt !== null && row.passwordChangedAt >= at);
  }

  /** The places that the person holds now and has come into, the oldest first. */
  async active(tx: Reader, identityId: string): Promise<ActivePlace[]> {
    const rows = await tx.membership.findMany({
      where: { identityId, status: 'active', lastActiveAt: { not: null } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: {
        id: true,
        organizationId: true,
        name: true,
        organization: { select: { locale: true, secondFactorRequired: true } },
      },
    });
    return rows.map(({ id, organizationId, name, organization }) => ({
      organizationId,
      membershipId: id,
      name,
      ...organization,
    }));
  }

  /**
   * Whose place it is, and whether they have come into it. Throws {@link UserNotFound} when it has ended or is another
   * organization's.
   */
  async holder(
    tx: Reader,
    organizationId: string,
    membershipId: string,
  ): Promise<{ identityId: string; hasComeIn: boolean }> {
    const row = await tx.membership.findFirst({
      where: { organizationId, id: membershipId, status: 'active' },
      select: { identityId: true, lastActiveAt: true },
    });
    if (!row) throw new UserNotFound();
    return { identityId: row.identityId, hasComeIn: row.lastActiveAt !== null };
  }

  /** Whether the person is in another organization too, or may come back to one. */
  async isElsewhere(tx: Reader, identityId: string, organizationId: string): Promise<boolean> {
    const others = { organizationId: { not: organizationId }, status: { not: 'removed' } };
    return (await tx.membership.count({ where: { identityId, ...others } })) > 0;
  }

  /** The name of an organization that somebody is in. */
  async nameOf(tx: Reader, organizationId: string): Promise<string> {
    const row = await tx.membership.findFirst({
      where: { organizationId },
      select: { organization: { select: { name: true } } },
    });
    return row?.organization.name ?? '';
  }

  /**
   * Holds the person in `tx` until its end: nobody changes them, and no place is made for them, meanwhile.
   */
  async hold(tx: SystemTransaction, identityId: string): Promise<void> {
    await tx.$queryRaw`select from identities where id = ${identityId}::uuid for update`;
  }

  /**
   * Records what a person did to their account in the log of every organization that they have come into, as done by
   * them there. In a transaction of the cross-tenant handle.
   */
  async record(
    tx: Reader,
    identityId: string,
    event: Omit<NewEvent, 'subject'>,
  ): Promise<ActivePlace[]> {
    const places = await this.active(tx, identityId);
    for (const { organizationId, membershipId: id, name } of places) {
      const actor = { type: 'user' as const, id, name };
      runInContext({ requestId: 'system', ...currentContext(), actor }, () =>
        this.ledger.recordIn(organizationId, { ...event, subject: { type: 'user', id } }),
      );
    }
    return places;
  }
}
