import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DraftSuggestions } from '#modules/tickets/draft-suggestions.service.js';
import { deskTool } from './desk-tool.js';

const SUGGESTED = z.strictObject({
  ticketId: z.uuid().describe('The id of the ticket, not its number.'),
  text: z
    .string()
    .trim()
    .min(1)
    .max(20_000)
    .describe('Plain text; an empty line begins a paragraph.'),
  forUserId: z
    .uuid()
    .optional()
    .describe('Whose draft it becomes. Left out, that of whom the ticket is assigned to.'),
});

/** What a model may write: nothing that leaves the desk. */
@Injectable()
export class DraftTools {
  constructor(private readonly drafts: DraftSuggestions) {}

  readonly reply = deskTool({
    name: 'draft_reply',
    title: 'Draft a reply',
    description:
      'Puts a reply into the drafts of a person, who reads it, changes it and sends it or throws it away. It sends nothing, and never replaces what a person is writing.',
    needs: 'tickets:write',
    changesNothing: false,
    input: SUGGESTED,
    run: async ({ ticketId, text, forUserId }) => {
      const { userId } = await this.drafts.leave(ticketId.toLowerCase(), {
        text,
        userId: forUserId?.toLowerCase(),
      });
      return { ticketId, draftOf: userId, sent: false };
    },
  });
}
