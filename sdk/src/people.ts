import type { QueryOf } from './call.js';
import type { Caller, Options } from './caller.js';

/** The people of the organization. */
export class People {
  constructor(private readonly api: Caller) {}

  list(query: QueryOf<'GET', '/users'> = {}, options?: Options) {
    return this.api.pages('/users', { ...options, query });
  }

  get(id: string, options?: Options) {
    return this.api.data('GET', '/users/{id}', { ...options, params: { id } });
  }
}
