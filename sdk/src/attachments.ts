import type { Binary } from './call.js';
import type { Caller, Options } from './caller.js';

/** Files for messages to come. */
export class Attachments {
  constructor(private readonly api: Caller) {}

  /** Uploads the bytes; name the id that comes back in `attachmentIds` of the message. */
  upload(name: string, bytes: Binary, options?: Options) {
    return this.api.data('POST', '/attachments', { ...options, query: { name }, body: bytes });
  }

  /** A link to the file, good for some minutes. */
  link(id: string, options?: Options) {
    return this.api.data('POST', '/attachments/{id}/links', { ...options, params: { id } });
  }

  /** Deletes an upload that is on no message yet. */
  remove(id: string, options?: Options) {
    return this.api.request('DELETE', '/attachments/{id}', { ...options, params: { id } });
  }
}
