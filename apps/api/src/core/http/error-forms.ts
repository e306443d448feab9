/** A failure as it is told. */
export interface ToldFailure {
  status: number;
  code: string;
  message: string;
  details?: unknown;
}

/** How a failure is written: its media type, and its body. */
export interface WrittenFailure {
  mediaType: string;
  body: object;
}

/** Below here a protocol of others is spoken, and its failures are written as it demands. */
const SCIM = '/api/v1/scim/';

/** The envelope of every failure of our own API. */
export function errorEnvelope(
  failure: Omit<ToldFailure, 'status'>,
  requestId: string | undefined,
): object {
  const { code, message, details } = failure;
  return { error: { code, message, requestId, ...(details === undefined ? {} : { details }) } };
}

/** A failure of the request for `url`, in the form that its client understands. */
export function writeFailure(
  failure: ToldFailure,
  url: string,
  requestId: string | undefined,
): WrittenFailure {
  if (url.startsWith(SCIM))
    return { mediaType: 'application/scim+json; charset=utf-8', body: scimError(failure) };
  return {
    mediaType: 'application/json; charset=utf-8',
    body: errorEnvelope(failure, requestId),
  };
}

/** RFC 7644, 3.12. What is wrong with a body is `invalidSyntax` unless the room says it better. */
function scimError({ status, code, message, details }: ToldFailure): object {
  const told = (details as { scimType?: unknown } | undefined)?.scimType;
  const scimType =
    typeof told === 'string' ? told : code === 'validation.failed' ? 'invalidSyntax' : null;
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType === null ? {} : { scimType }),
    detail: message,
  };
}
