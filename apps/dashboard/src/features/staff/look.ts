import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import createClient from 'openapi-fetch';
import { answer } from '../../api/client.js';
import { reach } from '../../api/reach.js';
import type { paths } from '../../api/schema.js';
import { staffApi } from './client.js';
import { pageSize } from './queries.js';

/** A credential that is good for so long yet is not used any more: a new one is asked for. */
const marginMs = 15_000;

interface Credential {
  token: string;
  endsAt: number;
}

/** Credentials by the access that they are of; in memory alone, like the session's own. */
const held = new Map<string, Promise<Credential>>();

/** What an organization let one look at, with the credential of that access and no other. */
function lookingBy(accessId: string) {
  return createClient<paths>({
    baseUrl: '/',
    fetch: async (request: Request) => {
      request.headers.set('Authorization', `Bearer ${await tokenOf(accessId)}`);
      return reach(request);
    },
  });
}

async function tokenOf(accessId: string): Promise<string> {
  const known = await held.get(accessId)?.catch(() => undefined);
  if (known && Date.now() < known.endsAt - marginMs) return known.token;
  const asked = enter(accessId);
  held.set(accessId, asked);
  return (await asked).token;
}

async function enter(id: string): Promise<Credential> {
  const { data } = await answer(
    staffApi.POST('/api/v1/admin/support-accesses/{id}/credentials', { params: { path: { id } } }),
  );
  return { token: data.accessToken, endsAt: Date.now() + data.expiresIn * 1000 };
}

/** Forgets the credential of an access, and with it what it has shown. */
export function forgetLook(accessId: string): void {
  held.delete(accessId);
}

/** The newest tickets of the organization. */
export const lookedTicketsQuery = (accessId: string) =>
  infiniteQueryOptions({
    queryKey: ['look', accessId, 'tickets'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        lookingBy(accessId).GET('/api/v1/tickets', {
          params: { query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** One ticket, and what was written on it. */
export const lookedTicketQuery = (accessId: string, id: string) =>
  queryOptions({
    queryKey: ['look', accessId, 'ticket', id],
    queryFn: async ({ signal }) => {
      const looking = lookingBy(accessId);
      const of = { params: { path: { id } }, signal };
      const [ticket, messages] = await Promise.all([
        answer(looking.GET('/api/v1/tickets/{id}', of)),
        answer(looking.GET('/api/v1/tickets/{id}/messages', of)),
      ]);
      return { ticket: ticket.data, messages: messages.data };
    },
  });

/** The customers of the organization. */
export const lookedCustomersQuery = (accessId: string) =>
  infiniteQueryOptions({
    queryKey: ['look', accessId, 'customers'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        lookingBy(accessId).GET('/api/v1/customers', {
          params: { query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** The people of the organization. */
export const lookedPeopleQuery = (accessId: string) =>
  infiniteQueryOptions({
    queryKey: ['look', accessId, 'people'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        lookingBy(accessId).GET('/api/v1/users', {
          params: { query: { limit: pageSize, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
