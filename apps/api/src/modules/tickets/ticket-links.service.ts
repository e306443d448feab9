import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { wholePage, type Page } from '#core/database/page.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantClient, TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TicketLinkDto } from './dto/ticket-link.dto.js';
import { kindSeenFrom, storedLink, type LinkKind, type StoredLink } from './ticket-link-kinds.js';
import {
  TicketLinkCycle,
  TicketLinkNotFound,
  TooManyTicketLinks,
} from './ticket-links.exceptions.js';
import { holdLinks, linksLead } from './ticket-links.sql.js';
import { linkSelect, toTicketLinkDto, type LinkRow } from './ticket-links.view.js';
import { TicketNotFound } from './tickets.exceptions.js';

/** More than anybody reads, and few enough to be shown at once. */
const MOST_LINKS = 200;

/** What tickets are to each other. */
@Injectable()
export class TicketLinks {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** The links of a ticket, the oldest first. Throws {@link TicketNotFound}. */
  async list(ticketId: string): Promise<Page<TicketLinkDto>> {
    await this.#require(this.db.client, ticketId);
    const rows = await this.db.client.ticketLink.findMany({
      where: { OR: [{ fromId: ticketId }, { toId: ticketId }] },
      select: linkSelect,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: 2 * MOST_LINKS,
    });
    return wholePage(rows.map((row) => toTicketLinkDto(row, ticketId)));
  }

  /**
   * Says that `otherId` is `kind` to the ticket; quiet when it is so already. Throws {@link TicketNotFound} for either,
   * {@link TicketLinkCycle}, {@link TooManyTicketLinks}, {@link ValidationFailed} for a ticket and itself.
   */
  async add(ticketId: string, kind: LinkKind, otherId: string): Promise<TicketLinkDto> {
    if (ticketId === otherId)
      throw new ValidationFailed([{ field: 'ticketId', problem: 'must be another ticket' }]);
    const link = storedLink(ticketId, kind, otherId);
    return this.db.transaction(async (tx) => {
      await this.#require(tx, ticketId);
      await this.#require(tx, otherId);
      await this.#refuseCycle(tx, link);
      const row = (await this.#find(tx, link)) ?? (await this.#make(tx, ticketId, link));
      return toTicketLinkDto(row, ticketId);
    });
  }

  /** Removes a link of the ticket. Throws {@link TicketLinkNotFound}. */
  async remove(ticketId: string, linkId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const row = await tx.ticketLink.findFirst({
        where: { id: linkId, OR: [{ fromId: ticketId }, { toId: ticketId }] },
        select: linkSelect,
      });
      if (!row) throw new TicketLinkNotFound();
      const { count } = await tx.ticketLink.deleteMany({ where: { id: linkId } });
      if (count > 0) this.#tell('ticket.unlinked', row);
    });
  }

  async #make(tx: TenantClient, ticketId: string, link: StoredLink): Promise<LinkRow> {
    const where = { OR: [{ fromId: ticketId }, { toId: ticketId }] };
    if ((await tx.ticketLink.count({ where })) >= MOST_LINKS)
      throw new TooManyTicketLinks(MOST_LINKS);
    // Of two who make the same link at once the second finds it made.
    const { count } = await tx.ticketLink.createMany({
      data: [{ id: newId(), ...link, createdAt: this.clock.now() }],
      skipDuplicates: true,
    });
    const row = (await this.#find(tx, link))!;
    if (count > 0) this.#tell('ticket.linked', row);
    return row;
  }

  #find(tx: TenantClient, link: StoredLink): Promise<LinkRow | null> {
    return tx.ticketLink.findFirst({ where: { ...link }, select: linkSelect });
  }

  /** A parent is not below its child, and nothing waits for itself. */
  async #refuseCycle(tx: TenantTransaction, { kind, fromId, toId }: StoredLink): Promise<void> {
    if (kind !== 'parent' && kind !== 'blocks') return;
    await tx.sql(holdLinks, []);
    const [found] = await tx.sql<{ leads: boolean }>(linksLead, [toId, fromId, kind]);
    if (found!.leads) throw new TicketLinkCycle();
  }

  async #require(tx: TenantClient, id: string): Promise<void> {
    if ((await tx.ticket.count({ where: { id } })) === 0) throw new TicketNotFound();
  }

  /** Both tickets have it in their history, each from its own side. */
  #tell(type: string, row: LinkRow): void {
    for (const [ticket, other] of [
      [row.from, row.to],
      [row.to, row.from],
    ] as const) {
      this.ledger.record({
        type,
        subject: { type: 'ticket', id: ticket.id },
        data: {
          number: ticket.number,
          linkId: row.id,
          kind: kindSeenFrom(ticket.id, row),
          otherId: other.id,
          otherNumber: other.number,
        },
      });
    }
  }
}
