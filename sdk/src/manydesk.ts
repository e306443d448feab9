import { Attachments } from './attachments.js';
import type { QueryOf } from './call.js';
import { Caller, type Options } from './caller.js';
import { Companies } from './companies.js';
import { Customers } from './customers.js';
import { Events } from './events.js';
import { Exports } from './exports.js';
import { People } from './people.js';
import { Teams } from './teams.js';
import { Tickets } from './tickets.js';
import type { ManydeskOptions } from './transport.js';
import { Webhooks } from './webhooks.js';

/**
 * A desk, as a program sees it. The common things have a noun; every route of the API is reached by `request`, typed
 * as well. The key says which organization it is.
 *
 * ```ts
 * const desk = new Manydesk({ baseUrl: 'https://desk.example', apiKey: process.env.MANYDESK_KEY! });
 * for await (const ticket of desk.tickets.list({ status: 'open' })) console.log(ticket.subject);
 * ```
 */
export class Manydesk extends Caller {
  readonly tickets = new Tickets(this);
  readonly customers = new Customers(this);
  readonly companies = new Companies(this);
  readonly people = new People(this);
  readonly teams = new Teams(this);
  readonly exports = new Exports(this);
  readonly attachments = new Attachments(this);
  readonly webhooks = new Webhooks(this);
  readonly events: Events;

  /** Throws when the address of the desk is none. Calls nobody. */
  constructor(options: ManydeskOptions) {
    super(options);
    this.events = new Events(this, this.transport.clock);
  }

  /** Tickets by words in subject, messages and customer. */
  search(q: string, query: Omit<QueryOf<'GET', '/search'>, 'q'> = {}, options?: Options) {
    return this.pages('/search', { ...options, query: { ...query, q } });
  }
}

export type { Answer, AnswerOf, Binary, BodyOf, CallOptions, DataOf, QueryOf } from './call.js';
export type { Method, PathOf } from './call.js';
export type { ItemOf, PagedPath } from './caller.js';
export type { Clock } from './clock.js';
export * from './errors.js';
export type { EventFeed, EventFeedOptions, Stretch } from './event-feed.js';
export type { DeskEvent, EventPage } from './events.js';
export type { Page, Pages } from './pages.js';
export type { components, paths } from './schema.js';
export type { ManydeskOptions } from './transport.js';
export { verifyWebhook, WebhookRefused } from './webhook.js';
export type { VerifyOptions, WebhookHeaders, WebhookRefusal } from './webhook.js';
