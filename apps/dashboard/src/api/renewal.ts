import { ApiError, toApiError } from './error.js';

/**
 * Trades a refresh cookie, which is sent to `path` alone, for what a sign-in answers. Gives null when it is worth nothing any
 * more, which one of the statuses `over` says; throws an `ApiError` when it is not known, as when nobody answers.
 */
export async function renewed<T>(path: string, over: readonly number[]): Promise<T | null> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'x-manydesk-csrf': '1' },
    });
  } catch {
    // Offline is not signed out: keep what there is and say that nobody answered.
    throw new ApiError(0, 'network.unreachable', null);
  }
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return (body as { data: T }).data;
  if (over.includes(answer.status)) return null;
  throw toApiError(answer.status, body, answer.headers);
}
