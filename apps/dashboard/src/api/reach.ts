import { ApiError } from './error.js';

/** Sends, and says that nobody answered when nobody did. */
export async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiError(0, 'network.unreachable', null);
  }
}
