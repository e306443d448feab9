import { queryOptions } from '@tanstack/react-query';
import { answer } from '../../api/client.js';
import { staffApi } from './client.js';
import type { SharedFeature } from './types.js';

type FeatureName = SharedFeature['name'];

/** The features of the deployment, each with its share. */
export const featuresQuery = queryOptions({
  queryKey: ['features'],
  queryFn: async ({ signal }) =>
    (await answer(staffApi.GET('/api/v1/admin/features', { signal }))).data,
});

/** The features that one organization has. */
export const organizationFeaturesQuery = (id: string) =>
  queryOptions({
    queryKey: ['organization', id, 'features'],
    queryFn: async ({ signal }) =>
      (
        await answer(
          staffApi.GET('/api/v1/admin/organizations/{id}/features', {
            params: { path: { id } },
            signal,
          }),
        )
      ).data,
  });

export const shareFeature = ({ name, percentage }: { name: FeatureName; percentage: number }) =>
  answer(
    staffApi.PUT('/api/v1/admin/features/{name}', {
      params: { path: { name } },
      body: { percentage },
    }),
  );

/** On or off by name; null leaves it to the organization's place in the share. */
export const turnFeature = ({
  isOn,
  ...path
}: {
  id: string;
  name: FeatureName;
  isOn: boolean | null;
}) =>
  isOn === null
    ? answer(
        staffApi.DELETE('/api/v1/admin/organizations/{id}/features/{name}', { params: { path } }),
      )
    : answer(
        staffApi.PUT('/api/v1/admin/organizations/{id}/features/{name}', {
          params: { path },
          body: { isOn },
        }),
      );
