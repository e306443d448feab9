import { FAILURES } from './openapi-text.js';

export const FAILURE_SCHEMA = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string', description: 'Stable: programs look at this.' },
        message: { type: 'string', description: 'For people: what is wrong and how to mend it.' },
        requestId: { type: 'string' },
        details: { description: 'The fields that are wrong, or facts about the failure.' },
      },
    },
  },
};

/** RFC 7644, 3.12. */
export const SCIM_FAILURE_SCHEMA = {
  type: 'object',
  required: ['schemas', 'status', 'detail'],
  properties: {
    schemas: { type: 'array', items: { type: 'string' } },
    status: { type: 'string' },
    scimType: { type: 'string' },
    detail: { type: 'string' },
  },
};

const REQUEST_ID = '01a1feaa-63b1-7742-8d15-01d6cb3dffa2';
const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds to wait (RFC 9110, 10.2.3).',
    schema: { type: 'integer', minimum: 0 },
    example: 7,
  },
};

/** The failures that routes refer to, by the names that {@link failureName} gives. */
export function failureResponses(): Record<string, object> {
  return Object.fromEntries(
    Object.keys(FAILURES).flatMap((status) => [
      [failureName(status, false), failure(status)],
      [failureName(status, true), scimFailure(status)],
    ]),
  );
}

/** What the answer to a failure with `status` is called. */
export function failureName(status: string, isScim: boolean): string {
  return `${isScim ? 'Scim' : ''}${FAILURES[status]!.name}`;
}

function failure(status: string): object {
  const { says, code, message, details } = FAILURES[status]!;
  const error = { code, message, requestId: REQUEST_ID, ...(details !== undefined && { details }) };
  return {
    description: says,
    ...(status === '429' && { headers: RETRY_AFTER }),
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/Failure' },
        example: { error },
      },
    },
  };
}

function scimFailure(status: string): object {
  const { says, message } = FAILURES[status]!;
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  return {
    description: says,
    ...(status === '429' && { headers: RETRY_AFTER }),
    content: {
      'application/scim+json': {
        schema: { $ref: '#/components/schemas/ScimFailure' },
        example: { schemas, status, detail: message },
      },
    },
  };
}
