import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { PersonMissing } from '#core/tenancy/access.exceptions.js';
import type { Principal } from '#core/tenancy/principal.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { whatChanged } from '#modules/operations/bulk-runs.service.js';
import type { OperationWithTicketDto } from '#modules/operations/dto/merge.dto.js';
import { OperationRecords } from '#modules/operations/operation-records.service.js';
import { TicketChanges, type TicketChange } from '#modules/tickets/ticket-changes.service.js';
import { ConversationSizes } from '#modules/tickets/conversation-sizes.service.js';
import { TicketsService } from '#modules/tickets/tickets.service.js';
import type { MacroPreviewDto } from './dto/macro-run.dto.js';
import type { MacroAction } from './macro-actions.js';
import { MacroTexts } from './macro-texts.service.js';
import { MacrosService } from './macros.service.js';

const HOUR = 3_600_000;
/** Whoever runs a macro that closes the ticket closes it on purpose. */
const CLOSING = { mayClose: true };

/** Ends the transaction of a preview, which must leave nothing behind. */
class Previewed extends Error {
  constructor(readonly changed: Record<string, [unknown, unknown]>) {
    super('a preview is taken back');
  }
}

/** What a macro makes of a ticket: looking at it first, and doing it. */
@Injectable()
export class MacroRuns {
  constructor(
    private readonly db: TenantDb,
    private readonly macros: MacrosService,
    private readonly changes: TicketChanges,
    private readonly said: MacroTexts,
    private readonly records: OperationRecords,
    private readonly tickets: TicketsService,
    private readonly sizes: ConversationSizes,
    private readonly clock: Clock,
  ) {}

  /**
   * What the macro would make of the ticket, found by doing it and taking it back: what would be refused is refused here
   * too. Throws MacroNotFound, TicketNotFound, and what a change throws.
   */
  async preview(by: Principal, macroId: string, ticketId: string): Promise<MacroPreviewDto> {
    const { actions } = await this.macros.get(by, macroId);
    const texts = await this.said.of(actions, ticketId);
    const changed = await this.#tried(by, actions, ticketId);
    const shown = Object.entries(changed).filter(
      ([field]) => field !== 'companyId' && !(field === 'stateId' && 'status' in changed),
    );
    return {
      changes: shown.map(([field, [before, after]]) => ({ field, before, after })),
      replyHtml: texts.reply,
      noteHtml: texts.note,
    };
  }

  /**
   * Runs the macro on the ticket, all of it or nothing, as an operation. What was said stays said when it is undone.
   * `replyHtml` is sent instead of the macro's own reply. Throws MacroNotFound, TicketNotFound, TicketIsMerged,
   * ValidationFailed, and what a change throws.
   */
  async run(
    by: Principal,
    ticketId: string,
    macroId: string,
    replyHtml?: string,
  ): Promise<OperationWithTicketDto> {
    const macro = await this.macros.get(by, macroId);
    const messages = await this.said.compose(macro.actions, ticketId, replyHtml);
    const change = this.#change(by, macro.actions);
    const operation = await this.db.transaction(async (tx) => {
      // Not its actions, nor the name of a personal one: it is nobody else's business, and everybody sees operations.
      const name = macro.scope === 'personal' ? {} : { name: macro.name };
      const parameters = { macroId, ...name, ticketId };
      const state = { status: 'running' as const, total: 1 };
      const operationId = await this.records.begin(tx, 'macro', parameters, state);
      // Before a message locks the ticket.
      await this.changes.hold(tx, [change.assigneeId]);
      for (const message of messages) await this.said.write(tx, ticketId, message, operationId);
      const applied = await this.changes.apply(tx, ticketId, change, { ...CLOSING, operationId });
      const item = { position: 0, ticketId, ...whatChanged(applied) };
      await this.records.addItems(tx, operationId, [item]);
      const result = {
        changed: item.status === 'done' ? 1 : 0,
        messageIds: messages.map(({ id }) => id),
      };
      const end = { status: 'done' as const, done: 1, failed: 0, result };
      return this.records.finish(tx, operationId, end);
    });
    const ticket = await this.tickets.get(ticketId);
    if (!by.permissions.has('notes:read')) await this.sizes.withoutNotes([ticket]);
    return { operation, ticket };
  }

  async #tried(
    by: Principal,
    actions: MacroAction[],
    ticketId: string,
  ): Promise<Record<string, [unknown, unknown]>> {
    const change = this.#change(by, actions);
    try {
      return await this.db.transaction(async (tx) => {
        const { changed } = await this.changes.apply(tx, ticketId, change, CLOSING);
        throw new Previewed(changed);
      });
    } catch (error) {
      if (error instanceof Previewed) return error.changed;
      throw error;
    }
  }

  /** The macro's actions as one change. Throws PersonMissing when a program is to be given a ticket. */
  #change({ actor }: Principal, actions: MacroAction[]): TicketChange {
    const change: Record<string, unknown> = {};
    const fields: Record<string, unknown> = {};
    for (const { type, value } of actions) {
      if (type === 'set_status') change.status = value;
      else if (type === 'set_state') change.stateId = value;
      else if (type === 'set_priority') change.priority = value;
      else if (type === 'set_type') change.type = value;
      else if (type === 'assign') change.assigneeId = value;
      else if (type === 'set_team') change.teamId = value;
      else if (type === 'add_tags') change.addTags = value;
      else if (type === 'remove_tags') change.removeTags = value;
      else if (type === 'snooze_hours') change.snoozedUntil = this.#in(value as number);
      else if (type === 'assign_me') {
        if (actor.type !== 'user') throw new PersonMissing();
        change.assigneeId = actor.id;
      } else if (type === 'set_field') {
        const field = value as { key: string; value: unknown };
        fields[field.key] = field.value;
      }
    }
    if (Object.keys(fields).length > 0) change.fields = fields;
    return change as TicketChange;
  }

  #in(hours: number): string {
    return new Date(this.clock.now().getTime() + hours * HOUR).toISOString();
  }
}
