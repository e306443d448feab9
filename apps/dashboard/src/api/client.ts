import createClient from 'openapi-fetch';
import { toApiError } from './error.js';
import { reach } from './reach.js';
import type { paths } from './schema.js';
import { accessToken, refresh } from './session.js';

/** The typed API. Every call goes through `answer`, which turns a refusal into an `ApiError`. */
export const api = createClient<paths>({ baseUrl: '/', fetch: authorized });

/** Sends with the access token; on a 401 renews it once and sends again. */
export async function authorized(request: Request): Promise<Response> {
  const token = await accessToken();
  const first = await send(request.clone(), token);
  if (first.status !== 401 || !token) return first;
  return (await refresh()) ? send(request, await accessToken()) : first;
}

function send(request: Request, token: string | null): Promise<Response> {
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  return reach(request);
}

/** The body of a successful answer, or an `ApiError`. */
export async function answer<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok || data === undefined)
    throw toApiError(response.status, error, response.headers);
  return data;
}
