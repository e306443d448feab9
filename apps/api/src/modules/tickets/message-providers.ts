import { DraftsController } from './drafts.controller.js';
import { DraftSuggestions } from './draft-suggestions.service.js';
import { Drafts } from './drafts.service.js';
import { MessageHtml } from './message-html.service.js';
import { MessageComposition } from './message-composition.service.js';
import { MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';
import { TicketReplies } from './ticket-intake-replies.service.js';

/** What of the room is about what is said on tickets: the other half is about the tickets themselves. */
export const MESSAGE_CONTROLLERS = [MessagesController, DraftsController];
export const MESSAGE_PROVIDERS = [
  MessageHtml,
  MessageComposition,
  MessagesService,
  Drafts,
  DraftSuggestions,
  TicketReplies,
];
