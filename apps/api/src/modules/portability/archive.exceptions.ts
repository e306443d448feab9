/** An archive is not taken. The message is a sentence for the operator, and nothing was written. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused';
}

/** An archive is not written: the message says why and how to mend it. */
export class ArchiveNotWritten extends Error {
  override readonly name = 'ArchiveNotWritten';
}
