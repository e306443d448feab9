import createClient from 'openapi-fetch';
import { ApiError, codeOf, toApiError } from '../../api/error.js';
import { reach } from '../../api/reach.js';
import type { paths } from '../../api/schema.js';
import { refreshStaff, staffToken } from './session.js';

/** The typed API with the credential of the staff, which goes to no route of a tenant. */
export const staffApi = createClient<paths>({ baseUrl: '/', fetch: authorized });

/** The sign-in itself, which has no credential yet. */
export const staffDoor = createClient<paths>({ baseUrl: '/', fetch: reach });

async function authorized(request: Request): Promise<Response> {
  const token = await staffToken();
  if (!token) throw new ApiError(401, 'staff.session_ended', null);
  const first = await send(request.clone(), token);
  // The realm does not show itself: a session that has ended is answered as a path that is not there.
  if (first.status !== 404 || !(await isNoRoute(first.clone()))) return first;
  if (await refreshStaff()) return send(request, (await staffToken()) ?? '');
  throw new ApiError(401, 'staff.session_ended', null);
}

function send(request: Request, token: string): Promise<Response> {
  request.headers.set('Authorization', `Bearer ${token}`);
  return reach(request);
}

async function isNoRoute(answer: Response): Promise<boolean> {
  const body: unknown = await answer.json().catch(() => null);
  return codeOf(toApiError(answer.status, body)) === 'route.not_found';
}
