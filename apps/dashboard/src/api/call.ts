import { authorized } from './client.js';
import { toApiError } from './error.js';

interface CallOptions {
  body?: unknown;
  /** The entity tag of what the caller has seen (RFC 9110, 13.1.1). */
  ifMatch?: string | undefined;
  signal?: AbortSignal;
  /** Sent even when the page is being left. */
  keepalive?: boolean;
}

/** A body as it came, with its entity tag. */
export interface Answered<T> {
  body: T;
  etag: string | null;
}

/** Calls the API by method and path (below `/api/v1`), for what needs the entity tags; throws an `ApiError`. */
export async function callTagged<T>(
  method: string,
  path: string,
  { body, ifMatch, signal, keepalive }: CallOptions = {},
): Promise<Answered<T>> {
  const headers = new Headers();
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (ifMatch) headers.set('if-match', ifMatch);
  const response = await authorized(
    new Request(`/api/v1${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
      ...(keepalive && { keepalive }),
    }),
  );
  const text = await response.text();
  let read: unknown = null;
  try {
    read = text ? JSON.parse(text) : null;
  } catch {
    // A proxy's page; the status says the rest.
  }
  if (!response.ok) throw toApiError(response.status, read, response.headers);
  return { body: read as T, etag: response.headers.get('etag') };
}

/** The same, for whoever needs the body alone. */
export async function call<T>(method: string, path: string, options?: CallOptions): Promise<T> {
  return (await callTagged<T>(method, path, options)).body;
}

/** The part of an address after the question mark; what is not there is left out. */
export function queryOf(values: Record<string, string | number | boolean | undefined>): string {
  const pairs = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  );
  const text = new URLSearchParams(pairs).toString();
  return text && `?${text}`;
}
