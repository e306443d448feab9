import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Language } from '../../messages/catalog.js';
import { answer, api, authorized } from '../../api/client.js';
import { ApiError, toApiError } from '../../api/error.js';

/** The organization with its settings. */
export const organizationQuery = queryOptions({
  queryKey: ['organization', 'settings'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/organization', { signal }))).data,
});

/** What everybody in the organization has to keep to. */
export const policyQuery = queryOptions({
  queryKey: ['organization', 'security'],
  queryFn: async ({ signal }) =>
    (await answer(api.GET('/api/v1/organization/security', { signal }))).data,
});

const logoPath = '/api/v1/organization/logo';

/** The logo as a data: address (the content policy lets no other kind of ours be a picture), or null. */
export const logoQuery = queryOptions({
  queryKey: ['organization', 'logo'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    const response = await authorized(new Request(logoPath, { signal }));
    if (response.status === 404) return null;
    if (!response.ok) throw toApiError(response.status, await response.json().catch(() => null));
    return asDataAddress(await response.blob());
  },
});

function asDataAddress(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new ApiError(0, 'network.unreachable', null));
    reader.readAsDataURL(picture);
  });
}

/** Changes the organization and reads again what it changes. */
export function useOrganizationChange<V, R>(change: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all(
        [['organization'], ['me'], ['users']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

interface OrganizationChange {
  name?: string;
  slug?: string;
  timeZone?: string;
  locale?: Language;
  accent?: string | null;
}

export const changeOrganization = (body: OrganizationChange) =>
  answer(api.PATCH('/api/v1/organization', { body }));

interface PolicyChange {
  sessionHours?: number;
  secondFactorRequired?: boolean;
  allowedDomains?: string[];
}

export const changePolicy = (body: PolicyChange) =>
  answer(api.PATCH('/api/v1/organization/security', { body }));

/** Sends the picture as it is; the server looks at its bytes. */
export async function putLogo(picture: Blob): Promise<void> {
  const response = await authorized(new Request(logoPath, { method: 'PUT', body: picture }));
  if (response.ok) return;
  throw toApiError(response.status, await response.json().catch(() => null), response.headers);
}

export const removeLogo = () => answer(api.DELETE('/api/v1/organization/logo'));

export const handOver = (userId: string) =>
  answer(api.PUT('/api/v1/organization/ownership', { body: { userId } }));

export const scheduleDeletion = (slug: string) =>
  answer(api.PUT('/api/v1/organization/deletion', { body: { slug } }));

export const cancelDeletion = () => answer(api.DELETE('/api/v1/organization/deletion'));
