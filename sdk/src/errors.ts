import type { KnownErrorCode } from './error-codes.js';

/** What the API calls a failure. Those of this release are known by name; a newer desk may have more. */
export type ErrorCode =
  KnownErrorCode | 'network.unreachable' | 'network.timeout' | (string & Record<never, never>);

/** One field of a request that was refused. */
export interface FieldProblem {
  field: string;
  problem: string;
}

/** What is known of a failure. */
export interface Failure {
  /** The HTTP status; 0 when nobody answered. */
  status: number;
  code: ErrorCode;
  message: string;
  /** Names the call in the logs of the desk. */
  requestId: string | null;
  /** The fields that are wrong, or facts about the failure. */
  details?: unknown;
  /** Seconds until it makes sense to try again. */
  retryAfter?: number | null;
  cause?: unknown;
}

/** A call that failed. Tell failures apart by class, or more finely by `code`. */
export class ManydeskError extends Error {
  override readonly name: string = 'ManydeskError';
  readonly status: number;
  readonly code: ErrorCode;
  readonly requestId: string | null;
  readonly details: unknown;
  readonly retryAfter: number | null;

  constructor({ message, status, code, requestId, details, retryAfter, cause }: Failure) {
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.details = details;
    this.retryAfter = retryAfter ?? null;
  }

  /** The refused fields of an {@link InvalidRequest}; else none. */
  get fields(): FieldProblem[] {
    return Array.isArray(this.details) ? (this.details as FieldProblem[]) : [];
  }
}

/** 400, 413, 415, 422: the request is wrong, and will be when it is sent again. */
export class InvalidRequest extends ManydeskError {
  override readonly name = 'InvalidRequest';
}
/** 401: no credential, or one that is unknown, expired or revoked. */
export class Unauthenticated extends ManydeskError {
  override readonly name = 'Unauthenticated';
}
/** 403: the credential may not do that. */
export class Forbidden extends ManydeskError {
  override readonly name = 'Forbidden';
}
/** 404: there is no such thing in this organization. */
export class NotFound extends ManydeskError {
  override readonly name = 'NotFound';
}
/** 409, 412: it is not as the caller believed; look again. */
export class Conflict extends ManydeskError {
  override readonly name = 'Conflict';
}
/** 410: what was asked for was there and is not kept any more. */
export class Gone extends ManydeskError {
  override readonly name = 'Gone';
}
/** 429: too much at once, also after the retries. `retryAfter` says when to come back. */
export class RateLimited extends ManydeskError {
  override readonly name = 'RateLimited';
}
/** 5xx: the desk failed, or is away, also after the retries. */
export class Unavailable extends ManydeskError {
  override readonly name = 'Unavailable';
}
/** Nobody answered, or not in time, also after the retries. The cause says more. */
export class Unreachable extends ManydeskError {
  override readonly name = 'Unreachable';
}

const BY_STATUS: Record<number, new (failure: Failure) => ManydeskError> = {
  0: Unreachable,
  401: Unauthenticated,
  403: Forbidden,
  404: NotFound,
  409: Conflict,
  410: Gone,
  412: Conflict,
  429: RateLimited,
};

/** The error of `failure`, of the class that its status asks for. */
export function errorOf(failure: Failure): ManydeskError {
  const Named = BY_STATUS[failure.status] ?? (failure.status >= 500 ? Unavailable : InvalidRequest);
  return new Named(failure);
}

/** Whether `error` is a failure of the API with this code. */
export function hasCode(error: unknown, code: ErrorCode): error is ManydeskError {
  return error instanceof ManydeskError && error.code === code;
}

/** Reads the error envelope of an answer. Anything else, such as a proxy's page, is named by its status. */
export function failureOf({ status, headers }: Response, body: unknown, now: number): Failure {
  const said = (body as { error?: Record<string, unknown> } | null)?.error;
  const isOurs = typeof said?.code === 'string';
  return {
    status,
    code: isOurs ? (said.code as string) : 'internal.error',
    message: typeof said?.message === 'string' ? said.message : `The desk answered ${status}.`,
    requestId: isOurs ? String(said.requestId) : headers.get('x-request-id'),
    details: said?.details,
    retryAfter: secondsOf(headers.get('retry-after'), now),
  };
}

/** `Retry-After` (RFC 9110, 10.2.3) in seconds: a number, or a day and time. */
function secondsOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}
