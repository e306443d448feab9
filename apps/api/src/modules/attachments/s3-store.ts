import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  S3Client,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { S3Settings } from '#core/config/settings.js';
import { isId } from '#core/context/ids.js';
import { FileMissing, FileStore, type ByteRange, type FilePlace } from './file-store.service.js';

/** What is held of an upload at a time: the least that a part may have is 5 MB. */
const PART_BYTES = 6 * 1024 * 1024;

/** Files in an object store that speaks the protocol of Amazon S3, as `organization/file`. */
export class S3Store extends FileStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor({ bucket, endpoint, region, credentials, forcePathStyle }: S3Settings) {
    super();
    this.#bucket = bucket;
    this.#client = new S3Client({
      region,
      forcePathStyle,
      ...(endpoint === null ? {} : { endpoint }),
      ...(credentials === null ? {} : { credentials }),
      // Sums of Amazon's newest kind are unknown to many other stores; the digest of each file is in its row.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(place: FilePlace, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const source = new WatchedSource(chunks);
    const body = Readable.from(source, { objectMode: false });
    const upload = new Upload({
      client: this.#client,
      params: { Bucket: this.#bucket, Key: keyOf(place), Body: body },
      partSize: PART_BYTES,
      // One part after the other: what is in flight is held in memory.
      queueSize: 1,
      leavePartsOnError: false,
    });
    await upload.done().catch((error: unknown) => {
      // Why it was given up matters more than that giving up failed too, which the store's own expiry of parts mends.
      throw source.failure ?? error;
    });
  }

  async open(place: FilePlace, range?: ByteRange): Promise<Readable> {
    const command = new GetObjectCommand({
      Bucket: this.#bucket,
      Key: keyOf(place),
      ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}),
    });
    const { Body } = await this.#client.send(command).catch((error: unknown) => {
      throw error instanceof NoSuchKey ? new FileMissing(place) : error;
    });
    return Body as Readable;
  }

  async remove(place: FilePlace): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: keyOf(place) }));
  }

  async *organizations(): AsyncIterable<string> {
    for await (const { CommonPrefixes = [] } of this.#pages({ Delimiter: '/' }))
      for (const { Prefix = '' } of CommonPrefixes)
        if (isId(Prefix.slice(0, -1))) yield Prefix.slice(0, -1);
  }

  async *list(organizationId: string): AsyncIterable<string> {
    for await (const { Contents = [] } of this.#pages({ Prefix: `${organizationId}/` })) {
      for (const { Key = '' } of Contents) {
        const id = Key.slice(organizationId.length + 1);
        if (isId(id)) yield id;
      }
    }
  }

  /** Closes the connections that are kept open. */
  close(): void {
    this.#client.destroy();
  }

  async *#pages(of: {
    Prefix?: string;
    Delimiter?: string;
  }): AsyncIterable<ListObjectsV2CommandOutput> {
    let token: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.#bucket, ContinuationToken: token, ...of }),
      );
      yield page;
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }
}

/** Hands chunks on and remembers why they stopped. */
class WatchedSource {
  failure: unknown = null;

  constructor(private readonly chunks: AsyncIterable<Uint8Array>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      yield* this.chunks;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}

function keyOf({ organizationId, id }: FilePlace): string {
  if (!isId(organizationId) || !isId(id)) throw new Error('a file is named by two ids');
  return `${organizationId}/${id}`;
}
