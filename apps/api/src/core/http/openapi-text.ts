/** The description at the head of the API's document. */
export const ERROR_NOTE = [
  'Every answer is `{data}`, a page `{data,total,skip,limit,nextCursor}` or `{message}`.',
  'Every failure is `{error:{code,message,requestId,details?}}`; `code` is stable, `message` says how to mend it.',
  'Ids are UUIDv7, times are ISO 8601 in UTC. An id of another organization answers exactly as one that does not exist.',
].join('\n\n');

/** What an answer means that says nothing more of itself. */
export const GOOD: Record<string, string> = {
  200: 'As asked.',
  201: 'Made.',
  202: 'Taken on: it happens later.',
  204: 'Done; there is nothing to show.',
  302: 'The browser is sent on.',
};

interface FailureWords {
  name: string;
  says: string;
  code: string;
  message: string;
  details?: unknown;
}

/** The failures of the API by their status, each with an example. */
export const FAILURES: Record<string, FailureWords> = {
  400: {
    name: 'Invalid',
    says: 'The request is wrong; `details` names every field.',
    code: 'validation.failed',
    message: 'The request is not valid: limit must not be greater than 100.',
    details: [{ field: 'limit', problem: 'must not be greater than 100' }],
  },
  401: {
    name: 'Unauthenticated',
    says: 'No credential, or one that is unknown, expired or revoked.',
    code: 'auth.unauthenticated',
    message: 'Sign in, or send a valid API key, as `Authorization: Bearer …`.',
  },
  402: {
    name: 'PaymentRequired',
    says: 'The plan of the organization does not go so far, or is not paid for.',
    code: 'billing.limit_reached',
    message:
      'The plan of the organization lets it have no more of this (seats: 5 of 5): deactivate somebody, or take a plan or more seats under Billing.',
    details: {
      entitlement: 'seats',
      limit: 5,
      used: 5,
      whatToDo: 'deactivate somebody, or take a plan or more seats under Billing',
    },
  },
  403: {
    name: 'Forbidden',
    says: 'The credential is good and does not carry the right.',
    code: 'auth.forbidden',
    message: 'This needs the permission tickets:write.',
    details: { permission: 'tickets:write' },
  },
  404: {
    name: 'NotFound',
    says: 'Absent, of another organization, or no id at all: the same.',
    code: 'ticket.not_found',
    message: 'There is no such ticket.',
  },
  409: {
    name: 'Conflict',
    says: 'It cannot be so as things stand.',
    code: 'ticket.closed',
    message: 'The ticket is closed: reopen it first.',
  },
  412: {
    name: 'Changed',
    says: 'Somebody else has changed the same since the version of `If-Match`.',
    code: 'edit.conflict',
    message: 'Somebody has changed the same in the meantime.',
    details: {
      conflicts: [{ field: 'priority', yours: 'high', theirs: 'urgent' }],
      etag: '"4"',
    },
  },
  413: {
    name: 'TooLarge',
    says: 'The body is larger than the route takes.',
    code: 'payload.too_large',
    message: 'The body is larger than this route takes.',
  },
  415: {
    name: 'UnsupportedType',
    says: 'The body is of a type that the route does not take.',
    code: 'payload.unsupported_type',
    message: 'Send the body as application/json, or as the type that this route takes.',
  },
  422: {
    name: 'KeyReused',
    says: 'The `Idempotency-Key` was used for another request.',
    code: 'idempotency.key_reused',
    message: 'This Idempotency-Key was used for another request.',
  },
  429: {
    name: 'TooMany',
    says: 'Too many calls, or too many tries; `Retry-After` says when to come again.',
    code: 'limit.rate',
    message:
      'This caller has used up what may be asked for in a minute (1200): wait 7 seconds and try again.',
    details: { policy: 'caller', limit: 1200, windowSeconds: 60, retryAfterSeconds: 7 },
  },
  500: {
    name: 'Failed',
    says: 'A fault of ours. Tell us the `requestId`.',
    code: 'internal.error',
    message: 'Something went wrong on our side. The request id helps us to find it.',
  },
  503: {
    name: 'Unavailable',
    says: 'Not now: try again.',
    code: 'internal.unavailable',
    message: 'The service cannot answer this now; try again.',
  },
};
