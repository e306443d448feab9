import { Injectable } from '@nestjs/common';
import { ValidationFailed } from '#core/errors/domain-error.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { Placeholders } from '#modules/replies/placeholders.service.js';
import {
  MessageComposition,
  type ComposedMessage,
} from '#modules/tickets/message-composition.service.js';
import { MessagesService } from '#modules/tickets/messages.service.js';
import type { MacroAction } from './macro-actions.js';

/** What a macro says on a ticket. */
@Injectable()
export class MacroTexts {
  constructor(
    private readonly placeholders: Placeholders,
    private readonly composition: MessageComposition,
    private readonly messages: MessagesService,
  ) {}

  /** The reply and the note of the macro with their places filled; null where it says none. Throws TicketNotFound. */
  async of(
    actions: MacroAction[],
    ticketId: string,
  ): Promise<{ reply: string | null; note: string | null }> {
    const text = async (type: 'reply' | 'note'): Promise<string | null> => {
      const action = actions.find((one) => one.type === type);
      return action ? this.placeholders.fill(action.value as string, ticketId) : null;
    };
    return { reply: await text('reply'), note: await text('note') };
  }

  /**
   * The messages of the macro, ready to be written. `replyHtml` takes the place of its reply. Throws TicketNotFound,
   * {@link ValidationFailed} when it has none.
   */
  async compose(
    actions: MacroAction[],
    ticketId: string,
    replyHtml: string | undefined,
  ): Promise<ComposedMessage[]> {
    const { reply, note } = await this.of(actions, ticketId);
    if (replyHtml !== undefined && reply === null)
      throw new ValidationFailed([
        { field: 'replyHtml', problem: 'has no place: the macro sends no reply' },
      ]);
    const said = { reply: replyHtml ?? reply, note };
    const composed: ComposedMessage[] = [];
    for (const kind of ['reply', 'note'] as const) {
      const html = said[kind];
      if (html !== null) composed.push(await this.composition.compose({ kind, html }));
    }
    return composed;
  }

  /** Writes one of them inside `tx`. Throws what adding a message throws. */
  async write(
    tx: TenantTransaction,
    ticketId: string,
    message: ComposedMessage,
    operationId: string,
  ): Promise<void> {
    await this.messages.write(tx, ticketId, message, { operationId });
  }
}
