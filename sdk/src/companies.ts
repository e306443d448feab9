import type { BodyOf, QueryOf } from './call.js';
import type { Caller, Options } from './caller.js';

/** The firms that customers belong to. */
export class Companies {
  constructor(private readonly api: Caller) {}

  list(query: QueryOf<'GET', '/companies'> = {}, options?: Options) {
    return this.api.pages('/companies', { ...options, query });
  }

  get(id: string, options?: Options) {
    return this.api.data('GET', '/companies/{id}', { ...options, params: { id } });
  }

  create(body: BodyOf<'POST', '/companies'>, options?: Options) {
    return this.api.data('POST', '/companies', { ...options, body });
  }

  update(id: string, body: BodyOf<'PATCH', '/companies/{id}'>, options?: Options) {
    return this.api.data('PATCH', '/companies/{id}', { ...options, params: { id }, body });
  }
}
