import type { Caller, Options } from './caller.js';

/** The teams of the organization. */
export class Teams {
  constructor(private readonly api: Caller) {}

  list(options?: Options) {
    return this.api.pages('/teams', { ...options });
  }

  get(id: string, options?: Options) {
    return this.api.data('GET', '/teams/{id}', { ...options, params: { id } });
  }

  members(id: string, options?: Options) {
    return this.api.pages('/teams/{id}/members', { ...options, params: { id } });
  }
}
