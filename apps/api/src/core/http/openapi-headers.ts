/** Headers of answers that many operations have. */
export const HEADERS = {
  RequestId: {
    description: 'The id of the request: the one that was sent, else a new one.',
    schema: { type: 'string' },
    example: '01a1feaa-63b1-7742-8d15-01d6cb3dffa2',
  },
  RateLimit: {
    description: 'What is left, and in how many seconds all of it is there again.',
    schema: { type: 'string' },
    example: '"caller";r=1198;t=42',
  },
  RateLimitPolicy: {
    description: 'What may be asked for in which time.',
    schema: { type: 'string' },
    example: '"caller";q=1200;w=60',
  },
  Deprecation: {
    description: 'Since when nobody should build on it (RFC 9745).',
    schema: { type: 'string' },
    example: '@1767225600',
  },
  Sunset: {
    description: 'When it may stop to answer (RFC 8594).',
    schema: { type: 'string' },
    example: 'Fri, 01 Jan 2027 00:00:00 GMT',
  },
};

/** What the headers are called on the wire. */
const ON_THE_WIRE: Record<keyof typeof HEADERS, string> = {
  RequestId: 'x-request-id',
  RateLimit: 'RateLimit',
  RateLimitPolicy: 'RateLimit-Policy',
  Deprecation: 'Deprecation',
  Sunset: 'Sunset',
};

/** References to `names`, as an answer lists its headers. */
export function headersOf(names: (keyof typeof HEADERS)[]): Record<string, object> {
  return Object.fromEntries(
    names.map((name) => [ON_THE_WIRE[name], { $ref: `#/components/headers/${name}` }]),
  );
}
