import { Injectable } from '@nestjs/common';
import { isId } from '#core/context/ids.js';
import type { JobEvent } from '#core/jobs/job-contract.js';
import { Teams } from '#modules/teams/teams.service.js';
import { MessagesService } from '#modules/tickets/messages.service.js';
import { TicketsService } from '#modules/tickets/tickets.service.js';
import { UserRights } from '#modules/users/user-rights.service.js';
import { NotificationTelling } from './notification-telling.service.js';

/** The event that a notification follows from. */
export type TicketFact = Pick<JobEvent, 'id' | 'subjectId' | 'actor' | 'data' | 'depth'>;

/** Says whom an event of a ticket is for. */
@Injectable()
export class NotificationPosting {
  constructor(
    private readonly tickets: TicketsService,
    private readonly messages: MessagesService,
    private readonly teams: Teams,
    private readonly rights: UserRights,
    private readonly telling: NotificationTelling,
  ) {}

  /** Those who are mentioned in the note of a `ticket.noted`. */
  async mentioned(event: TicketFact): Promise<void> {
    const messageId = event.data?.messageId;
    const note = isId(messageId) ? await this.messages.mentionsOf(messageId) : null;
    if (note === null || note.mentions.length === 0) return;
    await this.telling.tell(note.mentions, {
      ...{ reason: 'mentioned', event, ticketId: event.subjectId },
      ...{ messageId: note.id, actorName: note.authorName },
    });
  }

  /** The person whom a `ticket.assigned`, or a `ticket.created`, gave a ticket to. */
  async assigned(event: TicketFact): Promise<void> {
    const assigneeId = event.data?.assigneeId;
    if (!isId(assigneeId)) return;
    await this.telling.tell([assigneeId], {
      ...{ reason: 'assigned', event, ticketId: event.subjectId },
      ...{ messageId: null, actorName: await this.#nameOf(event.actor) },
    });
  }

  /** Who answers the ticket of a `ticket.message_received`: whose it is, or the team while it is nobody's. */
  async customerReplied(event: TicketFact): Promise<void> {
    const { messageId, requesterId } = event.data ?? {};
    const { assignee, teamId, requester } = await this.tickets.get(event.subjectId);
    const ids = assignee ? [assignee.id] : await this.#membersOf(teamId);
    await this.telling.tell(ids, {
      ...{ reason: 'customer_replied', event, ticketId: event.subjectId },
      messageId: isId(messageId) ? messageId : null,
      actorName: requester.id === requesterId ? requester.name : null,
    });
  }

  /** Who was given the ticket of a `ticket.created`, and the others of its team. One event tells a person once. */
  async created(event: TicketFact): Promise<void> {
    await this.assigned(event);
    const { teamId, messageId } = event.data ?? {};
    const members = isId(teamId) ? await this.#membersOf(teamId) : [];
    if (members.length === 0) return;
    const { requester } = await this.tickets.get(event.subjectId);
    await this.telling.tell(members, {
      ...{ reason: 'ticket_created', event, ticketId: event.subjectId },
      ...{ messageId: isId(messageId) ? messageId : null, actorName: requester.name },
    });
  }

  async #membersOf(teamId: string | null): Promise<string[]> {
    return teamId === null ? [] : this.teams.memberIds(teamId);
  }

  async #nameOf({ type, id }: TicketFact['actor']): Promise<string | null> {
    if (type !== 'user' || id === null) return null;
    return (await this.rights.of([id])).get(id)?.name ?? null;
  }
}
