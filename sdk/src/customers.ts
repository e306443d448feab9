import type { BodyOf, QueryOf } from './call.js';
import type { Caller, Options } from './caller.js';

/** Those who write to the desk. */
export class Customers {
  constructor(private readonly api: Caller) {}

  list(query: QueryOf<'GET', '/customers'> = {}, options?: Options) {
    return this.api.pages('/customers', { ...options, query });
  }

  get(id: string, options?: Options) {
    return this.api.data('GET', '/customers/{id}', { ...options, params: { id } });
  }

  create(body: BodyOf<'POST', '/customers'>, options?: Options) {
    return this.api.data('POST', '/customers', { ...options, body });
  }

  update(id: string, body: BodyOf<'PATCH', '/customers/{id}'>, options?: Options) {
    return this.api.data('PATCH', '/customers/{id}', { ...options, params: { id }, body });
  }
}
