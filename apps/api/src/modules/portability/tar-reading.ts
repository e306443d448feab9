import { BLOCK, readTarHeader, UnreadableTar, type TarHeader } from './tar.js';

/** A file of a tar with its content, to be read before the next one is asked for. */
export interface TarEntry extends TarHeader {
  content: AsyncGenerator<Buffer>;
}

const CUT_OFF = 'the archive ends too early: it was cut off, fetch it again';

/** The files of a tar, one after the other, never holding one as a whole. Throws {@link UnreadableTar}. */
export async function* tarEntries(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(chunks);
  for (;;) {
    const header = readTarHeader(await bytes.exactly(BLOCK));
    if (header === null) return;
    const end = bytes.position + header.size;
    yield { ...header, content: bytes.upTo(end) };
    // What nobody read is passed over.
    for await (const _ of bytes.upTo(end));
    await bytes.exactly((BLOCK - (header.size % BLOCK)) % BLOCK);
  }
}

/** Chunks as one row of bytes. */
class Bytes {
  position = 0;
  #rest: Buffer = Buffer.alloc(0);
  readonly #chunks: AsyncIterator<Uint8Array>;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async exactly(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.upTo(this.position + count)) parts.push(part);
    return Buffer.concat(parts);
  }

  async *upTo(end: number): AsyncGenerator<Buffer> {
    while (this.position < end) {
      if (this.#rest.length === 0) await this.#more();
      const part = this.#rest.subarray(0, end - this.position);
      this.#rest = this.#rest.subarray(part.length);
      this.position += part.length;
      yield part;
    }
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#chunks.next();
    if (done) throw new UnreadableTar(CUT_OFF);
    this.#rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
}
