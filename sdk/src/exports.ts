import type { BodyOf, QueryOf } from './call.js';
import type { Caller, Options } from './caller.js';

/** Files of tickets, written in the background. */
export class Exports {
  constructor(private readonly api: Caller) {}

  list(query: QueryOf<'GET', '/exports'> = {}, options?: Options) {
    return this.api.pages('/exports', { ...options, query });
  }

  /** Asks for a file; `get` says how far it is. */
  request(body: BodyOf<'POST', '/exports'>, options?: Options) {
    return this.api.data('POST', '/exports', { ...options, body });
  }

  get(id: string, options?: Options) {
    return this.api.data('GET', '/exports/{id}', { ...options, params: { id } });
  }

  /** A link to the file that is done, good for some minutes. */
  link(id: string, options?: Options) {
    return this.api.data('POST', '/exports/{id}/links', { ...options, params: { id } });
  }
}
