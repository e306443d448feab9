import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentActor, requireOrganizationId } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { Notices } from '#modules/notices/notices.service.js';
import {
  OrganizationsService,
  type OrganizationFacts,
} from '#modules/organizations/organizations.service.js';
import { IdentitiesService, normaliseEmail } from '#modules/users/identities.service.js';
import {
  AlreadyMember,
  giveableRole,
  PeopleService,
  requireCover,
  requireStill,
  roleOf,
  type Authority,
  type GiveableRole,
} from '#modules/users/people.service.js';
import type { InvitationDto } from './dto/invitation.dto.js';
import {
  GOOD_FOR,
  MAIL_EVERY,
  MOST_A_DAY,
  MOST_OPEN,
  MOST_TO_ADDRESS,
  type InvitationStatus,
} from './invitation-terms.js';
import {
  DomainNotAllowed,
  InvitationNotFound,
  InvitationPending,
  ResentLately,
  TooManyADay,
  TooManyInvitations,
} from './invitations.exceptions.js';
import { invitationSelect, toInvitationDto, type InvitationRow } from './invitations.view.js';

const A_DAY = 24 * 3_600_000;
/** How many mails went out: one for each version of an offer. */
const MAILS = { _sum: { version: true }, _min: { sentAt: true } } as const;

/**
 * Offers of a place in the organization in context. Whoever sends one gives no more than they have. Every change
 * holds the organization, so that one address has one open invitation and no role goes away under it.
 */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly db: TenantDb,
    private readonly system: SystemDb,
    private readonly organizations: OrganizationsService,
    private readonly identities: IdentitiesService,
    private readonly people: PeopleService,
    private readonly notices: Notices,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Those with `status`, the newest first. */
  async list(status: InvitationStatus, page: PageRequest): Promise<Page<InvitationDto>> {
    const { where: place, ...order } = newestFirst(page);
    const { invitation } = this.db.client;
    const [rows, counted] = await Promise.all([
      invitation.findMany({
        ...order,
        where: { AND: [{ status }, place] },
        select: invitationSelect,
        relationLoadStrategy: 'join',
      }),
      invitation.count({ where: { status }, take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, toInvitationDto);
  }

  /**
   * Invites the address to a role, by mail. Throws RoleNotFound, RoleTooHigh, DomainNotAllowed, AlreadyMember,
   * InvitationPending, TooManyInvitations, LimitReached.
   */
  invite(by: Authority, offer: { email: string; role: string }): Promise<InvitationDto> {
    const email = normaliseEmail(offer.email);
    return this.#hold(by, async (tx, organizationId, facts) => {
      const role = await giveableRole(tx, offer.role);
      requireCover(by, role.permissions);
      requireDomain(email, facts);
      await this.#requireNew(tx, organizationId, email);
      await this.people.requireSeat(tx, organizationId);
      await this.#requireFewMails(tx, organizationId, email);
      const now = this.clock.now();
      const row = await tx.invitation.create({
        data: {
          ...{ organizationId, id: newId(), email, role: role.role, roleId: role.roleId },
          ...{ invitedById: inviter(by), createdAt: now, ...this.#sent(now) },
        },
        select: invitationSelect,
      });
      this.#tell('user.invited', row, role);
      await this.#mail(tx, row, facts);
      return toInvitationDto(row);
    });
  }

  /** Mails it anew, good for as long again; the link before is void. Throws InvitationNotFound, ResentLately, RoleTooHigh. */
  resend(by: Authority, id: string): Promise<InvitationDto> {
    return this.#hold(by, async (tx, organizationId, facts) => {
      const before = await this.#pending(tx, organizationId, id);
      const role = await giveableRole(tx, roleOf(before));
      requireCover(by, role.permissions);
      requireDomain(before.email, facts);
      const now = this.clock.now();
      const wait = before.sentAt.getTime() + MAIL_EVERY - now.getTime();
      if (wait > 0) throw new ResentLately(Math.ceil(wait / 1000));
      await this.#requireFewMails(tx, organizationId, before.email);
      const where = { organizationId, id };
      await tx.invitation.updateMany({
        where,
        data: { version: { increment: 1 }, invitedById: inviter(by), ...this.#sent(now) },
      });
      const row = await tx.invitation.findFirstOrThrow({ where, select: invitationSelect });
      this.#tell('invitation.resent', row, role);
      await this.#mail(tx, row, facts);
      return toInvitationDto(row);
    });
  }

  /** Takes it back. Quiet when it is revoked already. Throws InvitationNotFound, RoleTooHigh. */
  async revoke(by: Authority, id: string): Promise<void> {
    await this.#hold(by, async (tx, organizationId) => {
      const where = { organizationId, id, status: 'revoked' };
      if (await tx.invitation.findFirst({ where, select: { id: true } })) return;
      const row = await this.#pending(tx, organizationId, id);
      requireCover(by, (await giveableRole(tx, roleOf(row))).permissions);
      await this.#revoke(tx, row, 'revoked');
    });
  }

  /**
   * Revokes what is open for the address of a person who is in, and what was sent before they were removed to one who
   * was. Quiet when there is nothing.
   */
  async revokeObsolete(userId: string): Promise<void> {
    const person = await this.people.whereabouts(userId);
    if (!person) return;
    const { email, removedAt } = person;
    await this.#hold(null, async (tx, organizationId) => {
      const open = { organizationId, email, status: 'pending' };
      const rows = await tx.invitation.findMany({
        where: removedAt ? { ...open, sentAt: { lte: removedAt } } : open,
        select: invitationSelect,
      });
      const because = removedAt ? 'person_removed' : 'person_joined';
      for (const row of rows) await this.#revoke(tx, row, because);
    });
  }

  /** `by`: who asks; null for what follows by itself. */
  #hold<T>(
    by: Authority | null,
    work: (tx: SystemTransaction, organizationId: string, facts: OrganizationFacts) => Promise<T>,
  ): Promise<T> {
    const organizationId = requireOrganizationId('an invitation');
    return this.system.transactionIn(organizationId, async (tx) => {
      await this.organizations.lock(tx, organizationId);
      if (by) await requireStill(tx, organizationId, by);
      const facts = await this.organizations.facts(tx, organizationId);
      if (!facts) throw new InvitationNotFound();
      return work(tx, organizationId, facts);
    });
  }

  async #requireNew(tx: SystemTransaction, organizationId: string, email: string): Promise<void> {
    const known = await this.identities.known(tx, email);
    const standing = known && (await this.people.standingOf(tx, organizationId, known.id));
    if (standing && standing.status !== 'removed') throw new AlreadyMember();
    const open = { organizationId, status: 'pending' };
    const pending = await tx.invitation.findFirst({
      where: { ...open, email },
      select: { id: true },
    });
    if (pending) throw new InvitationPending(pending.id);
    if ((await tx.invitation.count({ where: open })) >= MOST_OPEN)
      throw new TooManyInvitations(MOST_OPEN);
  }

  /**
   * An organization must not become a sender of mails to strangers, and what is revoked frees a place for the next.
   * Throws {@link TooManyADay}.
   */
  async #requireFewMails(
    tx: SystemTransaction,
    organizationId: string,
    email: string,
  ): Promise<void> {
    const now = this.clock.now().getTime();
    const today = { organizationId, sentAt: { gt: new Date(now - A_DAY) } };
    const { invitation } = tx;
    const [toAddress, inAll] = await Promise.all([
      invitation.aggregate({ where: { ...today, email }, ...MAILS }),
      invitation.aggregate({ where: today, ...MAILS }),
    ]);
    const full =
      ((toAddress._sum.version ?? 0) >= MOST_TO_ADDRESS && toAddress) ||
      ((inAll._sum.version ?? 0) >= MOST_A_DAY && inAll);
    if (!full) return;
    throw new TooManyADay(Math.ceil((full._min.sentAt!.getTime() + A_DAY - now) / 1000));
  }

  async #pending(tx: SystemTransaction, organizationId: string, id: string) {
    const where = { organizationId, id, status: 'pending' };
    const row = await tx.invitation.findFirst({ where, select: invitationSelect });
    if (!row) throw new InvitationNotFound();
    return row;
  }

  async #revoke(tx: SystemTransaction, row: InvitationRow, because: string): Promise<void> {
    const { organizationId, id, email } = row;
    await tx.invitation.updateMany({
      where: { organizationId, id },
      data: { status: 'revoked', settledAt: this.clock.now(), roleId: null },
    });
    this.ledger.record({
      type: 'invitation.revoked',
      subject: { type: 'invitation', id },
      data: { email, because },
    });
  }

  #sent(now: Date): { sentAt: Date; expiresAt: Date } {
    return { sentAt: now, expiresAt: new Date(now.getTime() + GOOD_FOR) };
  }

  #tell(type: string, row: InvitationRow, role: GiveableRole): void {
    const { email, expiresAt } = row;
    this.ledger.record({
      type,
      subject: { type: 'invitation', id: row.id },
      data: { email, role: roleOf(role), roleName: role.name, expiresAt: expiresAt.toISOString() },
    });
  }

  /** The mail is made when it is sent, by the room's notice: here stands which invitation, and which version of it. */
  async #mail(tx: SystemTransaction, row: InvitationRow, facts: OrganizationFacts): Promise<void> {
    const { organizationId, id: invitationId, version } = row;
    await this.notices.post(tx, {
      kind: 'invitation',
      to: row.email,
      locale: facts.locale,
      organizationId,
      data: { invitationId, version },
    });
  }
}

/**
 * Who vouches for the offer: the person who invites, or whoever was shown the secret of the program that does. So nobody
 * leaves themselves a way back in by a key that ends with them.
 */
function inviter({ holderId }: Authority): string | null {
  const { type, id } = currentActor();
  return type === 'user' ? id : (holderId ?? null);
}

/** Throws DomainNotAllowed when the policy names domains and the address is of none of them. */
export function requireDomain(email: string, { allowedDomains }: OrganizationFacts): void {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (allowedDomains.length > 0 && !allowedDomains.includes(domain))
    throw new DomainNotAllowed(allowedDomains);
}
