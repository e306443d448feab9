/** The classes of failure. Each maps to one HTTP status in `http/error.filter.ts`; a new one does not compile until it does. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'payment_required'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'precondition_failed'
  | 'too_large'
  | 'unsupported_type'
  | 'unprocessable'
  | 'rate_limited'
  | 'unavailable';

/** One thing that is wrong with one field of the input. */
export interface FieldProblem {
  field: string;
  problem: string;
}

/**
 * A failure that a caller can be told of. `code` is `domain.what`, `message` is public and says how to mend it,
 * `details` is public too, `internal` is for the log alone.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  abstract readonly code: string;

  constructor(
    message: string,
    readonly details?: FieldProblem[] | Record<string, unknown>,
    readonly internal?: Record<string, unknown>,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The input is wrong. `problems` names every field. */
export class ValidationFailed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'validation.failed';

  constructor(problems: FieldProblem[]) {
    super(
      `The request is not valid: ${problems.map((p) => `${p.field} ${p.problem}`).join('; ')}.`.slice(
        0,
        1000,
      ),
      problems,
    );
  }
}
