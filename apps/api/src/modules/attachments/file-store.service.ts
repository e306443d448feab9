import type { Readable } from 'node:stream';

/** Where the bytes of a file are: both ids are ours, so no place can be made of what somebody sent. */
export interface FilePlace {
  organizationId: string;
  id: string;
}

/** Bytes from `start` to `end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Keeps the bytes of files. Knows nothing of what they are; rows of `files` say which of them count. */
export abstract class FileStore {
  /** Keeps `chunks` as they come. When it throws nothing is left of them. */
  abstract put(place: FilePlace, chunks: AsyncIterable<Uint8Array>): Promise<void>;

  /** The bytes, or a range of them. Throws {@link FileMissing} before the first one. */
  abstract open(place: FilePlace, range?: ByteRange): Promise<Readable>;

  /** Forgets the bytes. Quiet when there are none. */
  abstract remove(place: FilePlace): Promise<void>;

  /** The organizations that something is kept of. */
  abstract organizations(): AsyncIterable<string>;

  /** The ids of the files that are kept of an organization, those that are only begun too. */
  abstract list(organizationId: string): AsyncIterable<string>;
}

/** There is a row for it, and no bytes. */
export class FileMissing extends Error {
  override readonly name = 'FileMissing';

  constructor(place: FilePlace) {
    super(
      `the bytes of file ${place.id} of organization ${place.organizationId} are not in the store`,
    );
  }
}
