import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import { accept } from '../../api/session.js';
import type { Credential } from '../auth/passkeys.js';

/** What proves that it is the person, and not somebody at their open desk. */
export interface Proof {
  password?: string;
  code?: string;
  recoveryCode?: string;
  passkey?: Credential;
}

/** What proves besides the password who the person is. */
export const factorsQuery = queryOptions({
  queryKey: ['account', 'factors'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/me/factors', { signal }))).data,
});

/** The person's passkeys. */
export const passkeysQuery = queryOptions({
  queryKey: ['account', 'passkeys'],
  queryFn: async ({ signal }) =>
    (await answer(api.GET('/api/v1/me/passkeys', { params: { query: { limit: 100 } }, signal })))
      .data,
});

/** The devices that are not asked for a second factor. */
export const devicesQuery = queryOptions({
  queryKey: ['account', 'devices'],
  queryFn: async ({ signal }) =>
    (await answer(api.GET('/api/v1/me/devices', { params: { query: { limit: 100 } }, signal })))
      .data,
});

/** Where the person is signed in, the latest used first. */
export const sessionsQuery = infiniteQueryOptions({
  queryKey: ['account', 'sessions'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET('/api/v1/auth/sessions', {
        params: { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** The organizations that the person belongs to. */
export const organizationsQuery = queryOptions({
  queryKey: ['account', 'organizations'],
  queryFn: async ({ signal }) =>
    (
      await answer(
        api.GET('/api/v1/me/organizations', { params: { query: { limit: 100 } }, signal }),
      )
    ).data,
});

/** Does something to the account and reads again what it changes. */
export function useAccountChange<V, R>(change: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['account'] }),
        client.invalidateQueries({ queryKey: ['me'] }),
      ]),
  });
}

/** Takes the session to another organization; the page starts anew there. */
export async function switchTo(organizationId: string): Promise<void> {
  const call = api.POST('/api/v1/auth/sessions/switch', { body: { organizationId } });
  accept((await answer(call)).data);
}

/** Opens a further organization and takes the session there. */
export async function openOrganization(name: string): Promise<void> {
  accept((await answer(api.POST('/api/v1/organizations', { body: { name } }))).data);
}

export const rename = (name: string) => answer(api.PATCH('/api/v1/me', { body: { name } }));

export const changePassword = (body: { currentPassword: string; newPassword: string }) =>
  answer(api.PUT('/api/v1/me/password', { body }));

export const changeEmail = (body: { email: string; password: string }) =>
  answer(api.POST('/api/v1/me/email-changes', { body }));

export const beginTotp = async (body: Proof) =>
  (await answer(api.POST('/api/v1/me/factors/totp', { body }))).data;

export const confirmTotp = async (code: string) =>
  (await answer(api.POST('/api/v1/me/factors/totp/confirmation', { body: { code } }))).data;

export const removeTotp = (body: Proof) => answer(api.DELETE('/api/v1/me/factors/totp', { body }));

export const newRecoveryCodes = async (body: Proof) =>
  (await answer(api.POST('/api/v1/me/factors/recovery-codes', { body }))).data;

/** What the browser needs to make a passkey for this person. */
export const passkeyCreation = async (body: Proof) =>
  (await answer(api.POST('/api/v1/me/passkeys/options', { body }))).data.options;

export const addPasskey = async (body: { name: string; response: Credential }) =>
  (await answer(api.POST('/api/v1/me/passkeys', { body }))).data;

export const renamePasskey = ({ id, name }: { id: string; name: string }) =>
  answer(api.PATCH('/api/v1/me/passkeys/{id}', { params: { path: { id } }, body: { name } }));

export const removePasskey = ({ id, proof }: { id: string; proof: Proof }) =>
  answer(api.DELETE('/api/v1/me/passkeys/{id}', { params: { path: { id } }, body: proof }));

export const forgetDevice = (id: string) =>
  answer(api.DELETE('/api/v1/me/devices/{id}', { params: { path: { id } } }));

export const forgetDevices = (ids: string[]) => Promise.all(ids.map(forgetDevice));

export const endSession = (id: string) =>
  answer(api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } }));

export const endOtherSessions = () => answer(api.DELETE('/api/v1/auth/sessions'));
