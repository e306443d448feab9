import type { BodyOf, QueryOf } from './call.js';
import type { Caller, Options } from './caller.js';

/** Where the desk sends its events to. What arrives there is checked by `verifyWebhook`. */
export class Webhooks {
  constructor(private readonly api: Caller) {}

  list(query: QueryOf<'GET', '/webhook-endpoints'> = {}, options?: Options) {
    return this.api.pages('/webhook-endpoints', { ...options, query });
  }

  get(id: string, options?: Options) {
    return this.api.data('GET', '/webhook-endpoints/{id}', { ...options, params: { id } });
  }

  /** Begins at the events of now. The secret is in this answer and nowhere else. */
  create(body: BodyOf<'POST', '/webhook-endpoints'>, options?: Options) {
    return this.api.data('POST', '/webhook-endpoints', { ...options, body });
  }

  update(id: string, body: BodyOf<'PATCH', '/webhook-endpoints/{id}'>, options?: Options) {
    return this.api.data('PATCH', '/webhook-endpoints/{id}', { ...options, params: { id }, body });
  }

  remove(id: string, options?: Options) {
    return this.api.request('DELETE', '/webhook-endpoints/{id}', { ...options, params: { id } });
  }

  /** Gives it a further secret; the one before is good for a day yet, and deliveries are signed with both. */
  rotateSecret(id: string, options?: Options) {
    return this.api.data('POST', '/webhook-endpoints/{id}/secrets', { ...options, params: { id } });
  }

  /** Sends something that is no event, to see whether it arrives. */
  ping(id: string, options?: Options) {
    return this.api.data('POST', '/webhook-endpoints/{id}/pings', { ...options, params: { id } });
  }

  /** What was sent to it, and what became of it, the newest first. */
  deliveries(
    id: string,
    query: QueryOf<'GET', '/webhook-endpoints/{id}/deliveries'> = {},
    options?: Options,
  ) {
    const params = { id };
    return this.api.pages('/webhook-endpoints/{id}/deliveries', { ...options, params, query });
  }

  /** One of them with every try. */
  delivery(id: string, options?: Options) {
    return this.api.data('GET', '/webhook-deliveries/{id}', { ...options, params: { id } });
  }

  /** Sends one again, under the same id. */
  replay(deliveryId: string, options?: Options) {
    const params = { id: deliveryId };
    return this.api.data('POST', '/webhook-deliveries/{id}/replays', { ...options, params });
  }

  /** Sends a stretch of the log again, or for the first time. */
  replayEvents(
    id: string,
    body: BodyOf<'POST', '/webhook-endpoints/{id}/replays'>,
    options?: Options,
  ) {
    const params = { id };
    return this.api.data('POST', '/webhook-endpoints/{id}/replays', { ...options, params, body });
  }
}
