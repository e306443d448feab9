import { StreamedBody } from '#core/http/streamed-body.js';
import { EventNotSigned } from './stripe.exceptions.js';

/** Bytes of the largest event that is read. */
const MOST = 1024 * 1024;

/** The bytes of a body as they came: what is signed is exactly they. Throws {@link EventNotSigned} for none, or too many. */
export async function collect(body: unknown): Promise<Buffer> {
  if (!(body instanceof StreamedBody)) throw new EventNotSigned();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body.chunks()) {
    length += part.length;
    if (length > MOST) throw new EventNotSigned();
    parts.push(part);
  }
  return Buffer.concat(parts);
}
