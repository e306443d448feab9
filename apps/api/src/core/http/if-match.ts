import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { seenVersion, type SeenVersion } from '../context/version.js';

const HEADER = ApiHeader({
  name: 'If-Match',
  required: false,
  description: 'The ETag of what you have seen. Without it the last one to write wins.',
  schema: { type: 'string', example: '"3"' },
});

/** The document cannot see what a parameter reads by itself. */
const inDocument: ParameterDecorator = (target, key) =>
  HEADER(target, key!, Object.getOwnPropertyDescriptor(target, key!)!);

/** The version that the caller has seen, out of `If-Match` (RFC 9110, 13.1.1). */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): SeenVersion =>
    seenVersion(
      context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>().headers[
        'if-match'
      ],
    ),
  [inDocument],
);
