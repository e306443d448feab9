import type { BodyOf, QueryOf } from './call.js';
import type { Caller, Options } from './caller.js';

/** The tickets of the organization, and what is said on them. */
export class Tickets {
  constructor(private readonly api: Caller) {}

  /** Those that the filters let through, the last changed first if not said otherwise. */
  list(query: QueryOf<'GET', '/tickets'> = {}, options?: Options) {
    return this.api.pages('/tickets', { ...options, query });
  }

  get(id: string, options?: Options) {
    return this.api.data('GET', '/tickets/{id}', { ...options, params: { id } });
  }

  create(body: BodyOf<'POST', '/tickets'>, options?: Options) {
    return this.api.data('POST', '/tickets', { ...options, body });
  }

  /** Changes what is sent and leaves the rest. With `ifMatch` it is refused where somebody was faster. */
  update(id: string, body: BodyOf<'PATCH', '/tickets/{id}'>, options?: Options) {
    return this.api.data('PATCH', '/tickets/{id}', { ...options, params: { id }, body });
  }

  /** Gives it to somebody; `null` takes it from whoever has it. */
  assign(id: string, assigneeId: string | null, options?: Options) {
    const params = { id };
    return assigneeId === null
      ? this.api.data('DELETE', '/tickets/{id}/assignment', { ...options, params })
      : this.api.data('PUT', '/tickets/{id}/assignment', {
          ...options,
          params,
          body: { assigneeId },
        });
  }

  /** Closes it; quiet when it is closed. */
  close(id: string, body: BodyOf<'PUT', '/tickets/{id}/closure'> = {}, options?: Options) {
    return this.api.data('PUT', '/tickets/{id}/closure', { ...options, params: { id }, body });
  }

  reopen(id: string, options?: Options) {
    return this.api.data('DELETE', '/tickets/{id}/closure', { ...options, params: { id } });
  }

  /** What was said, in order. */
  messages(id: string, query: QueryOf<'GET', '/tickets/{id}/messages'> = {}, options?: Options) {
    return this.api.pages('/tickets/{id}/messages', { ...options, params: { id }, query });
  }

  /** Answers the customer; it is mailed. */
  reply(id: string, body: Said, options?: Options) {
    return this.#say(id, 'reply', body, options);
  }

  /** Writes down what only colleagues read. */
  note(id: string, body: Said, options?: Options) {
    return this.#say(id, 'note', body, options);
  }

  #say(id: string, kind: 'reply' | 'note', said: Said, options?: Options) {
    const body = { ...(typeof said === 'string' ? { body: said } : said), kind };
    return this.api.data('POST', '/tickets/{id}/messages', { ...options, params: { id }, body });
  }
}

type Said = string | Omit<BodyOf<'POST', '/tickets/{id}/messages'>, 'kind'>;
