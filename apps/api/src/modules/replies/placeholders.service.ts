import { Injectable } from '@nestjs/common';
import { currentActor } from '#core/context/context.js';
import { Fields, type FieldValue } from '#modules/fields/fields.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { MessageHtml } from '#modules/tickets/message-html.service.js';
import { TicketsService } from '#modules/tickets/tickets.service.js';
import { expandPlaces } from './expand-places.js';

/** What differs from ticket to ticket in a text that is said often. */
@Injectable()
export class Placeholders {
  constructor(
    private readonly tickets: TicketsService,
    private readonly fields: Fields,
    private readonly organizations: OrganizationsService,
    private readonly messages: MessageHtml,
  ) {}

  /**
   * `html` with its places filled for a ticket and the caller. Cleaned once more: a value in the address of a link may
   * be one that runs. Throws TicketNotFound.
   */
  async fill(html: string, ticketId: string): Promise<string> {
    return this.messages.clean(expandPlaces(html, await this.#valuesFor(ticketId))).html;
  }

  async #valuesFor(ticketId: string): Promise<Map<string, string>> {
    const ticket = await this.tickets.get(ticketId);
    const [organization, definitions] = await Promise.all([
      this.organizations.current(),
      this.fields.definitions('ticket'),
    ]);
    const { name, email } = ticket.requester;
    const own: [string, string][] = definitions.map(({ key, options }) => [
      `ticket.fields.${key}`,
      shownValue(ticket.fields?.[key] as FieldValue | undefined, options),
    ]);
    return new Map([
      ...own,
      ['customer.name', name],
      ['customer.firstName', name.trim().split(/\s+/)[0]!],
      ['customer.email', email],
      ['ticket.number', String(ticket.number)],
      ['ticket.subject', ticket.subject],
      ['agent.name', currentActor().name],
      ['organization.name', organization.name],
    ]);
  }
}

/** The value of a custom field as people read it: an option by its name, not by its id. */
function shownValue(value: FieldValue | undefined, options: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => shownValue(one, options)).join(', ');
  const known = Array.isArray(options) ? (options as { id: string; name: string }[]) : [];
  return known.find(({ id }) => id === value)?.name ?? String(value);
}
