import { createHash } from 'node:crypto';
import { AttachmentTooLarge } from './attachments.exceptions.js';

/** Bytes at the beginning that tell the type. */
const HEAD_BYTES = 4_100;

/** Watches bytes go by: counts and hashes them, keeps the first, and stops them when there are too many. */
export class FileMeter {
  readonly #hash = createHash('sha256');
  readonly #head: Uint8Array[] = [];
  #headSize = 0;
  #size = 0;

  constructor(private readonly mostBytes: number) {}

  get size(): number {
    return this.#size;
  }

  /** The first bytes. */
  get head(): Buffer {
    return Buffer.concat(this.#head).subarray(0, HEAD_BYTES);
  }

  /** SHA-256 of all that went by. Ask once, at the end. */
  digest(): Buffer<ArrayBuffer> {
    return Buffer.from(this.#hash.digest());
  }

  /** Hands `source` on. Throws {@link AttachmentTooLarge} at the first byte too many, and what the source throws. */
  async *through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.#note(chunk);
      yield chunk;
    }
  }

  #note(chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#size > this.mostBytes) throw new AttachmentTooLarge(this.mostBytes);
    this.#hash.update(chunk);
    if (this.#headSize >= HEAD_BYTES) return;
    // A copy: a slice would hold on to the whole chunk.
    this.#head.push(Uint8Array.from(chunk.subarray(0, HEAD_BYTES)));
    this.#headSize += chunk.length;
  }
}
