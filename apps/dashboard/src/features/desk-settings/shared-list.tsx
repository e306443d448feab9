import { useQuery, type UseQueryOptions } from '@tanstack/react-query';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { call } from '../../api/call.js';
import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Loaded } from '../../ui/loaded.js';
import { EmptyState } from '../../ui/states.js';
import { useCan } from '../auth/queries.js';
import { teamsQuery, useSettingChanged } from './queries.js';
import { SettingRows } from './setting-rows.js';
import type { Scope, Setting } from './types.js';

type Shared = Setting & { scope: Scope; teamId: string | null };

interface SharedListProps<T extends Shared> {
  query: UseQueryOptions<T[], Error, T[], (string | Record<string, string | number>)[]>;
  path: string;
  invalidates: string;
  label: string;
  empty: { icon: LucideIcon; title: string; body: string };
  about: (item: T) => ReactNode;
  onEdit: (item: T) => void;
}

/** Canned replies or macros: one's own, the teams', everybody's, each with whose it is. */
export function SharedList<T extends Shared>(props: SharedListProps<T>) {
  const t = useText();
  const shares = useCan('desk:write');
  const own = useCan('tickets:write');
  const changed = useSettingChanged(props.invalidates);
  const query = useQuery(props.query);
  const { data: teams = [] } = useQuery(teamsQuery);
  const whose = (item: T) =>
    (item.scope === 'team' && teams.find(({ id }) => id === item.teamId)?.name) ||
    t(`deskSettings.scope.${item.scope}`);
  return (
    <Loaded query={query}>
      {(items) =>
        items.length === 0 ? (
          <EmptyState {...props.empty} />
        ) : (
          <SettingRows
            label={props.label}
            items={items}
            badges={(item) => (
              <Badge>
                <bdi>{whose(item)}</bdi>
              </Badge>
            )}
            about={props.about}
            writes={(item) => (item.scope === 'personal' ? own : shares)}
            onEdit={props.onEdit}
            removal="delete"
            onRemove={async ({ id }) => {
              await call('DELETE', `${props.path}/${id}`);
              await changed();
            }}
          />
        )
      }
    </Loaded>
  );
}
