import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../database/page.js';

/** One thing, with the tag of its version where it has one. */
export class DataResponse<T> {
  /** Goes out as the header of that name, not in the body. */
  readonly #etag: string | undefined;

  constructor(
    readonly data: T,
    etag?: string,
  ) {
    this.#etag = etag;
  }

  /** The entity tag (RFC 9110, 8.8.3) of what `payload` holds, if it is such an answer and has one. */
  static etagOf(payload: unknown): string | undefined {
    return payload instanceof DataResponse ? payload.#etag : undefined;
  }
}

/** One page of a list. */
export class PaginatedResponse<T> {
  readonly data: T[];
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly skip: number;
  readonly limit: number;
  readonly nextCursor: string | null;

  constructor(page: Page<T>) {
    this.data = page.items;
    this.total = page.total;
    this.totalIsExact = page.totalIsExact;
    this.skip = page.skip;
    this.limit = page.limit;
    this.nextCursor = page.nextCursor;
  }
}

/** Done, and nothing to show for it. */
export class MessageResponse {
  @ApiProperty({ example: 'Done.' })
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}
