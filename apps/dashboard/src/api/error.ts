/** One refused field of a request. */
export interface FieldProblem {
  field: string;
  problem: string;
}

interface Rest {
  /** The refused fields. */
  details?: FieldProblem[];
  /** What else the refusal carries: a sign-in that is half-way names its challenge there. */
  info?: Record<string, unknown>;
  /** Seconds until it makes sense to try again. */
  retryAfter?: number | null;
  /** The API's own sentence. */
  said?: string;
}

/** What the API (or the way to it) answered instead of data. `status` 0 means: no answer at all. */
export class ApiError extends Error {
  readonly details: FieldProblem[];
  readonly info: Record<string, unknown>;
  readonly retryAfter: number | null;
  readonly said: string;

  constructor(
    readonly status: number,
    readonly code: string,
    readonly requestId: string | null,
    rest: Rest = {},
  ) {
    super(code);
    this.name = 'ApiError';
    this.details = rest.details ?? [];
    this.info = rest.info ?? {};
    this.retryAfter = rest.retryAfter ?? null;
    this.said = rest.said ?? '';
  }
}

/** Reads the error envelope; anything else (a proxy's page, an empty body) becomes a plain error. */
export function toApiError(status: number, body: unknown, headers?: Headers): ApiError {
  const envelope = (body as { error?: Record<string, unknown> } | null)?.error;
  if (typeof envelope?.code !== 'string') return new ApiError(status, 'internal.error', null);
  const { details } = envelope;
  const wait = Number(headers?.get('retry-after') ?? Number.NaN);
  return new ApiError(
    status,
    envelope.code,
    typeof envelope.requestId === 'string' ? envelope.requestId : null,
    {
      ...(Array.isArray(details)
        ? { details: details as FieldProblem[] }
        : { info: (details ?? {}) as Record<string, unknown> }),
      retryAfter: Number.isFinite(wait) ? wait : null,
      said: typeof envelope.message === 'string' ? envelope.message : '',
    },
  );
}

/** The error's code, when it is one of the API's. */
export function codeOf(error: unknown): string | null {
  return error instanceof ApiError ? error.code : null;
}
