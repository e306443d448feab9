import type { Readable } from 'node:stream';
import { addRouteConfig } from './route-config.js';

/** A body that is still coming in. Its stream is hidden from whatever looks at the fields of bodies. */
export class StreamedBody {
  readonly #stream: Readable;

  constructor(stream: Readable) {
    this.#stream = stream;
  }

  /** The bytes as they come in. Rejects when the client goes away. */
  chunks(): AsyncIterable<Uint8Array> {
    // Left standing when it is not read to its end: destroying it would take the socket that the answer goes out on.
    return this.#stream.iterator({ destroyOnReturn: false });
  }
}

/** The route reads its body itself, as a {@link StreamedBody} of any type and any length. */
export function TakesStream(): MethodDecorator {
  return addRouteConfig({ streamed: true });
}
