import { Injectable } from '@nestjs/common';
import { currentActor } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { ValidationFailed, type FieldProblem } from '#core/errors/domain-error.js';
import { UserRights } from '#modules/users/user-rights.service.js';
import { sanitiseHtml } from './message-html.js';
import { MentionRefused, type MentionProblem } from './messages.exceptions.js';
import { LONGEST_BODY } from './ticket-terms.js';

/** What somebody of the desk wants to say. `html` or `body`; with `html` the plain text is made from it. */
export interface NewMessage {
  kind: 'reply' | 'note';
  body?: string;
  html?: string;
  /** Of a reply. Absent, the ticket's own. */
  cc?: string[];
  bcc?: string[];
  /** Of a note. */
  mentions?: string[];
  attachmentIds?: string[];
}

/** A message that is ready to be written: safe, by its author, naming only people who may read it. */
export interface ComposedMessage {
  id: string;
  kind: 'reply' | 'note';
  channel: 'web' | 'api';
  author: { userId: string | null; apiKeyId: string | null; name: string };
  body: string;
  html: string | null;
  /** Null for the ticket's own. */
  cc: string[] | null;
  bcc: string[];
  mentioned: { id: string; name: string }[];
  attachmentIds: string[];
}

/** Makes of what somebody typed what can be kept and sent. Before a transaction: it asks who may read. */
@Injectable()
export class MessageComposition {
  constructor(private readonly rights: UserRights) {}

  /** Throws ValidationFailed, {@link MentionRefused}. */
  async compose(message: NewMessage): Promise<ComposedMessage> {
    const { kind, bcc = [], mentions = [], attachmentIds = [] } = message;
    refuse(misplaced(message));
    const actor = currentActor();
    const isUser = actor.type === 'user';
    return {
      id: newId(),
      kind,
      channel: isUser ? 'web' : 'api',
      author: {
        userId: isUser ? actor.id : null,
        apiKeyId: isUser ? null : actor.id,
        name: actor.name,
      },
      ...textOf(message),
      cc: kind === 'note' ? [] : tidied(message.cc ?? null),
      bcc: tidied(bcc),
      mentioned: await this.#mentioned(mentions),
      attachmentIds: [...new Set(attachmentIds)],
    };
  }

  /** Who is mentioned, each once. One who was removed looks like one who was never there. */
  async #mentioned(ids: string[]): Promise<ComposedMessage['mentioned']> {
    if (ids.length === 0) return [];
    const people = await this.rights.of(ids);
    const refused: { id: string; problem: MentionProblem }[] = [];
    const mentioned = [...new Set(ids)].flatMap((id) => {
      const person = people.get(id);
      const mayRead =
        person?.permissions.has('notes:read') && person.permissions.has('tickets:read');
      if (!person) refused.push({ id, problem: 'not_here' });
      else if (!mayRead) refused.push({ id, problem: 'may_not_read' });
      return person ? [{ id, name: person.name }] : [];
    });
    if (refused.length > 0) throw new MentionRefused(refused);
    return mentioned.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** Addresses as they are compared, each once. */
function tidied<Addresses extends string[] | null>(addresses: Addresses): Addresses {
  return (addresses && [...new Set(addresses.map((one) => one.trim().toLowerCase()))]) as Addresses;
}

function misplaced({ kind, cc, bcc, mentions, body, html }: NewMessage): FieldProblem[] {
  const only = (field: string, value: unknown, of: string): FieldProblem[] =>
    value !== undefined && kind !== of ? [{ field, problem: `is for a ${of} alone` }] : [];
  return [
    ...only('cc', cc, 'reply'),
    ...only('bcc', bcc, 'reply'),
    ...only('mentions', mentions, 'note'),
    ...(body === undefined && html === undefined
      ? [{ field: 'body', problem: 'must be sent, or html' }]
      : []),
  ];
}

function textOf({ body, html }: NewMessage): { body: string; html: string | null } {
  if (html === undefined) return { body: body!, html: null };
  const clean = sanitiseHtml(html);
  const isEmpty = clean.text.trim() === '' && !clean.html.includes('<img ');
  if (isEmpty) refuse([{ field: 'html', problem: 'must not be empty' }]);
  if (clean.text.length > LONGEST_BODY)
    refuse([{ field: 'html', problem: `must not say more than ${LONGEST_BODY} characters` }]);
  return { body: clean.text, html: clean.html === '' ? null : clean.html };
}

function refuse(problems: FieldProblem[]): void {
  if (problems.length > 0) throw new ValidationFailed(problems);
}
