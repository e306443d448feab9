import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { currentContext, type WorkContext } from '../context/context.js';
import { DomainError, type ErrorKind } from '../errors/domain-error.js';
import type { Log } from '../logging/log.js';
import { writeFailure } from './error-forms.js';

/** The one place where a kind of failure becomes a status (RFC 9110, 15.5). */
const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported_type: 415,
  unprocessable: 422,
  rate_limited: 429,
  unavailable: 503,
};

interface Failure {
  status: number;
  code: string;
  message: string;
  details?: unknown;
}

/** Failures of Fastify's own reading of a request, by its error code. Their messages are ours: its own name internals. */
const READING: Record<string, Omit<Failure, 'details'>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'payload.too_large',
    message: 'The body is larger than this route takes.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'payload.unsupported_type',
    message: 'Send the body as application/json, or as the type that this route takes.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    code: 'validation.failed',
    message: 'The body is empty; send JSON.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    status: 400,
    code: 'validation.failed',
    message: 'The body is not valid JSON.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'validation.failed',
    message: 'The body is not as long as Content-Length says.',
  },
  FST_ERR_BAD_URL: {
    status: 400,
    code: 'validation.failed',
    message: 'The URL is not well-formed.',
  },
};

interface Reply {
  sent: boolean;
  code(status: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): unknown;
}

/** Turns whatever was thrown into the error envelope; what is not known becomes a 500 that tells nothing. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<Reply>();
    const failure = this.#failureOf(error);
    if (reply.sent) return;
    if (failure.status === 401) reply.header('www-authenticate', 'Bearer');
    const retryAfter = retryAfterOf(failure.details);
    if (retryAfter !== null) reply.header('retry-after', retryAfter);
    const request = host.switchToHttp().getRequest<{ work?: WorkContext; url?: string }>();
    if (request.work) request.work.errorCode = failure.code;
    const requestId = currentContext()?.requestId ?? request.work?.requestId;
    const { mediaType, body } = writeFailure(failure, request.url ?? '', requestId);
    reply.code(failure.status).header('content-type', mediaType).send(body);
  }

  #failureOf(error: unknown): Failure {
    if (error instanceof DomainError) {
      if (error.internal) this.log.warn('request.refused', { code: error.code, ...error.internal });
      return {
        status: STATUS[error.kind],
        code: error.code,
        message: error.message,
        details: error.details,
      };
    }
    const code = (error as { code?: unknown } | null)?.code;
    if (typeof code === 'string' && READING[code]) return READING[code];
    if (error instanceof HttpException) return frameworkFailure(error);
    const status = (error as { statusCode?: unknown } | null)?.statusCode;
    if (typeof status === 'number' && status >= 400 && status < 500) {
      return { status, code: 'validation.failed', message: 'The request could not be read.' };
    }
    this.log.error('request.failed', { error });
    return {
      status: 500,
      code: 'internal.error',
      message: 'Something went wrong on our side. The request id helps us to find it.',
    };
  }
}

/** Details that name `retryAfter`, in seconds, are told as the header too (RFC 9110, 10.2.3). */
function retryAfterOf(details: unknown): string | null {
  const { retryAfter } = (details ?? {}) as { retryAfter?: unknown };
  return typeof retryAfter === 'number' ? String(retryAfter) : null;
}

function frameworkFailure(error: HttpException): Failure {
  const status = error.getStatus();
  if (status === 404)
    return { status, code: 'route.not_found', message: 'There is no such route.' };
  if (status === 413) return READING.FST_ERR_CTP_BODY_TOO_LARGE!;
  if (status === 415) return READING.FST_ERR_CTP_INVALID_MEDIA_TYPE!;
  if (status < 500)
    return { status, code: 'validation.failed', message: 'The request could not be read.' };
  return {
    status,
    code: 'internal.unavailable',
    message: 'The service cannot answer this now; try again.',
  };
}
