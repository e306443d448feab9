import { DomainError } from '#core/errors/domain-error.js';

/** No such attachment that the caller may see. */
export class AttachmentNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'attachment.not_found';

  constructor() {
    super('There is no such attachment in this organization.');
  }
}

/** A file, or all files of a message together, are larger than is taken. */
export class AttachmentTooLarge extends DomainError {
  readonly kind = 'too_large';
  readonly code = 'attachment.too_large';

  constructor(mostBytes: number) {
    super(
      `This is larger than the ${Math.floor(mostBytes / 1_048_576)} MB that are taken: send it smaller, or in parts.`,
      { mostBytes },
    );
  }
}

/** More files than a message carries. */
export class AttachmentsTooMany extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'attachment.too_many';

  constructor(most: number) {
    super(`A message carries at most ${most} files: send the rest with another one.`, { most });
  }
}

/** It is on a message already. */
export class AttachmentInUse extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'attachment.in_use';

  constructor() {
    super('The attachment is on a message already: upload the file again for another one.');
  }
}

/** The organization keeps as many bytes as it may. */
export class StorageFull extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'attachment.storage_full';

  constructor(mostBytes: number) {
    super('The storage of the organization is full: ask whoever runs this server for more.', {
      mostBytes,
    });
  }
}

/** The client went away, or sent less than it said. Nothing was kept. */
export class UploadBroken extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'attachment.upload_broken';

  constructor() {
    super('The file did not arrive as a whole: send it again.');
  }
}

/** The link is none of ours, is past its time, or what it led to is gone: the same, because the difference would tell. */
export class FileLinkDead extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'file.link_dead';

  constructor() {
    super('This link leads nowhere any more: ask for a new one.');
  }
}
