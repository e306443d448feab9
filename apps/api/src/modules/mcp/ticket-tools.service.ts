import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { isId } from '#core/context/ids.js';
import type { Principal } from '#core/tenancy/principal.js';
import { Search } from '#modules/search/search.service.js';
import type { FoundTicketDto } from '#modules/search/dto/found-ticket.dto.js';
import { ConversationSizes } from '#modules/tickets/conversation-sizes.service.js';
import type { MessageDto } from '#modules/tickets/dto/message.dto.js';
import type { TicketDto } from '#modules/tickets/dto/ticket.dto.js';
import { MessagesService, TicketNotFound } from '#modules/tickets/messages.service.js';
import { TicketList } from '#modules/tickets/ticket-list.service.js';
import { deskTool } from './desk-tool.js';
import { untrusted } from './untrusted.js';

const MOST_FOUND = 20;
const MOST_MESSAGES = 25;
/** Characters of one message: with {@link MOST_MESSAGES} of them an answer stays within what a model can read. */
const LONGEST_MESSAGE = 4_000;
const LONGEST_LINE = 500;
/** Our numbers are 32-bit integers. */
const LARGEST_NUMBER = 2 ** 31 - 1;
const NUMBER = /^#?(\d{1,10})$/;

const ASKED = z.strictObject({
  query: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .describe(
      'Words, "phrases", #number, and filters: status: assignee: team: tag: priority: customer: company: after: before: is:unassigned.',
    ),
  limit: z.int().min(1).max(MOST_FOUND).default(10),
});

const NAMED = z.strictObject({
  ticket: z.string().max(40).describe('Its id, or its number such as #4711.'),
  skip: z
    .int()
    .min(0)
    .max(1_000_000)
    .optional()
    .describe(`Messages to pass over from the oldest. Left out, the newest ${MOST_MESSAGES} come.`),
});

/** What a model may do to find and read tickets. */
@Injectable()
export class TicketTools {
  constructor(
    private readonly finder: Search,
    private readonly tickets: TicketList,
    private readonly messages: MessagesService,
    private readonly sizes: ConversationSizes,
  ) {}

  readonly search = deskTool({
    name: 'search_tickets',
    title: 'Search tickets',
    description:
      'Finds tickets by words and filters, the best match first. Gives what is needed to choose one; read it with read_ticket.',
    needs: 'tickets:read',
    changesNothing: true,
    input: ASKED,
    run: async ({ query, limit }, caller) => {
      const { items, nextCursor } = await this.finder.search(
        query,
        { skip: 0, limit, cursor: null },
        {
          id: caller.actor.id,
          notes: seesNotes(caller),
          customers: caller.permissions.has('customers:read'),
        },
      );
      return { tickets: items.map(toFound), hasMore: nextCursor !== null };
    },
  });

  readonly read = deskTool({
    name: 'read_ticket',
    title: 'Read a ticket',
    description:
      'One ticket with its conversation, the oldest message first. Internal notes come only when the key may read them.',
    needs: 'tickets:read',
    changesNothing: true,
    input: NAMED,
    run: async ({ ticket: name, skip }, caller) => {
      const ticket = await this.#find(name, caller);
      const from = skip ?? Math.max(0, ticket.messageCount - MOST_MESSAGES);
      const page = await this.messages.list(
        ticket.id,
        { seesNotes: seesNotes(caller) },
        { skip: from, limit: MOST_MESSAGES, cursor: null },
      );
      return {
        ticket: toRead(ticket),
        messages: page.items.map(toSaid),
        skip: from,
        total: page.total,
      };
    },
  });

  /** By number or id; absent, foreign and not an id at all are the same. */
  async #find(name: string, caller: Principal): Promise<TicketDto> {
    const number = Number(NUMBER.exec(name.trim())?.[1] ?? Number.NaN);
    const ids = isId(name.toLowerCase()) ? [name.toLowerCase()] : [];
    const numbers = number <= LARGEST_NUMBER ? [number] : [];
    const [ticket] = await this.tickets.named({}, ids, numbers);
    if (!ticket) throw new TicketNotFound();
    if (!seesNotes(caller)) await this.sizes.withoutNotes([ticket]);
    return ticket;
  }
}

function seesNotes({ permissions }: Principal): boolean {
  return permissions.has('notes:read');
}

function toListed(ticket: TicketDto) {
  const { id, number, status, priority, requester, assignee, tags, createdAt } = ticket;
  return {
    ...{ id, number, status, priority, tags, createdAt },
    subject: untrusted(ticket.subject, LONGEST_LINE),
    requester: { id: requester.id, name: untrusted(requester.name, LONGEST_LINE) },
    assignee,
  };
}

function toRead(ticket: TicketDto) {
  const { type, teamId, mergedIntoId, closedAt, requester } = ticket;
  const listed = toListed(ticket);
  return {
    ...listed,
    requester: { ...listed.requester, email: untrusted(requester.email, LONGEST_LINE) },
    ...{ type, teamId, mergedIntoId, closedAt },
  };
}

function toFound({ ticket, matches }: FoundTicketDto) {
  return {
    ...toListed(ticket),
    matches: matches.map(({ in: where, snippet }) => ({
      in: where,
      text: untrusted(snippet.map(({ text }) => text).join(''), LONGEST_LINE),
    })),
  };
}

function toSaid({ id, kind, author, body, attachments, createdAt }: MessageDto) {
  return {
    ...{ id, kind, createdAt },
    author: { type: author.type, name: untrusted(author.name, LONGEST_LINE) },
    text: untrusted(body, LONGEST_MESSAGE),
    attachments: attachments.map(({ name }) => untrusted(name, LONGEST_LINE)),
  };
}
