import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiFoundResponse,
  ApiOkResponse,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { MessageResponse } from './responses.js';

const PAGE_FIELDS = {
  total: {
    type: 'integer',
    description: 'Items in all; a lower bound when totalIsExact is false.',
  },
  totalIsExact: { type: 'boolean' },
  skip: { type: 'integer' },
  limit: { type: 'integer' },
  nextCursor: { type: 'string', nullable: true },
};

/** The route answers `{data: model}`, or a short list of them for `[model]`. The schema is also the serializer: what it does not name does not leave. */
export function ApiData(answer: Type | [Type], status: 200 | 201 = 200): MethodDecorator {
  const [model, isList] = Array.isArray(answer) ? [answer[0], true] : [answer, false];
  const one = { $ref: getSchemaPath(model) };
  const schema = {
    type: 'object',
    required: ['data'],
    properties: { data: isList ? { type: 'array', items: one } : one },
  };
  const Answer = status === 200 ? ApiOkResponse : ApiCreatedResponse;
  return applyDecorators(ApiExtraModels(model), Answer({ schema }), ApiErrors());
}

/** The route answers one page of `model`, with `more` keys beside it. */
export function ApiPage(model: Type, more: Record<string, object> = {}): MethodDecorator {
  const schema = {
    type: 'object',
    required: ['data', 'total', 'skip', 'limit'],
    properties: {
      data: { type: 'array', items: { $ref: getSchemaPath(model) } },
      ...PAGE_FIELDS,
      ...more,
    },
  };
  return applyDecorators(ApiExtraModels(model), ApiOkResponse({ schema }), ApiErrors());
}

/** The route answers `{message}`; 202 when what it asks for happens later. */
export function ApiMessage(status: 200 | 202 = 200): MethodDecorator {
  const Answer = status === 200 ? ApiOkResponse : ApiAcceptedResponse;
  return applyDecorators(Answer({ type: MessageResponse }), ApiErrors());
}

/** The route answers something else than JSON when it succeeds. */
export function ApiRaw(...mediaTypes: string[]): MethodDecorator {
  const content = Object.fromEntries(
    mediaTypes.map((mediaType) => [mediaType, { schema: { type: 'string' } }]),
  );
  return applyDecorators(ApiOkResponse({ content }), ApiErrors());
}

/** The route sends the browser elsewhere, whatever happened: `description` says where to. */
export function ApiRedirect(description: string): MethodDecorator {
  return applyDecorators(ApiFoundResponse({ description }), ApiErrors());
}

const ERROR_ENVELOPE = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string', example: 'ticket.not_found' },
        message: { type: 'string' },
        requestId: { type: 'string' },
        details: { description: 'The fields that are wrong, or facts about the failure.' },
      },
    },
  },
};

/** Every route can answer the error envelope: as JSON, whatever the route's own type is. */
function ApiErrors(): MethodDecorator {
  return applyDecorators(
    ApiResponse({
      status: '4XX',
      description: 'What is wrong and how to mend it.',
      content: { 'application/json': { schema: ERROR_ENVELOPE } },
    }),
  );
}
