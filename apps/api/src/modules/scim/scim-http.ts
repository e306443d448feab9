import { applyDecorators, Header, HttpCode } from '@nestjs/common';
import { ApiConsumes, ApiNoContentResponse, ApiResponse } from '@nestjs/swagger';

/** The media type of SCIM (RFC 7644, 8.1). */
const MEDIA_TYPE = 'application/scim+json';

const RESOURCE = { type: 'object', additionalProperties: true };
/** RFC 7644, 3.12. */
const ERROR = {
  type: 'object',
  required: ['schemas', 'status', 'detail'],
  properties: {
    schemas: { type: 'array', items: { type: 'string' } },
    status: { type: 'string', example: '404' },
    scimType: { type: 'string', example: 'uniqueness' },
    detail: { type: 'string' },
  },
};

/** The route answers a SCIM resource, list or error, as SCIM writes them and not in our wrappers. */
export function ApiScim(status: 200 | 201 = 200): MethodDecorator {
  return applyDecorators(
    HttpCode(status),
    Header('content-type', MEDIA_TYPE),
    ApiConsumes(MEDIA_TYPE, 'application/json'),
    ApiResponse({ status, content: { [MEDIA_TYPE]: { schema: RESOURCE } } }),
    ApiScimErrors(),
  );
}

/** The route answers nothing when it succeeds. */
export function ApiScimNothing(): MethodDecorator {
  return applyDecorators(HttpCode(204), ApiNoContentResponse(), ApiScimErrors());
}

function ApiScimErrors(): MethodDecorator {
  return ApiResponse({
    status: '4XX',
    description: 'What is wrong and how to mend it.',
    content: { [MEDIA_TYPE]: { schema: ERROR } },
  });
}
