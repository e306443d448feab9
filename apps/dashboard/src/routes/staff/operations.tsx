import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import type { ComponentType } from 'react';
import { FailedJobs } from '../../features/staff/failed-jobs.js';
import { OperationsOverview } from '../../features/staff/operations-overview.js';
import { RoutesTable, StatementsTable } from '../../features/staff/process-tables.js';
import { TroubledList } from '../../features/staff/troubled-list.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Page } from '../../ui/page.js';
import { TabLinks } from '../../ui/tabs.js';

const views = {
  overview: OperationsOverview,
  jobs: FailedJobs,
  organizations: TroubledList,
  routes: RoutesTable,
  statements: StatementsTable,
} satisfies Record<string, ComponentType>;

type View = keyof typeof views;
const names = Object.keys(views) as View[];

/** How it runs: what waits, what failed, what is slow. */
export function StaffOperationsRoute() {
  const t = useText();
  const client = useQueryClient();
  const isFetching = useIsFetching({ queryKey: ['operations'] }) > 0;
  const search = useSearch({ from: '/console/staff/operations' });
  const view = names.find((name) => name === search.view) ?? 'overview';
  const Shown = views[view];
  const isOfProcess = view === 'routes' || view === 'statements';
  return (
    <Page
      title={t('staff.operations')}
      intro={t(isOfProcess ? 'staff.operations.ofProcess' : 'staff.operations.intro')}
      actions={
        <Button
          disabled={isFetching}
          onClick={() => void client.invalidateQueries({ queryKey: ['operations'] })}
        >
          <RotateCw size={14} aria-hidden />
          {t('staff.refresh')}
        </Button>
      }
    >
      <TabLinks
        label={t('staff.operations.views')}
        to="/staff/operations"
        moves
        tabs={names.map((name) => ({
          search: name === 'overview' ? {} : { view: name },
          label: t(`staff.operations.${name}`),
          current: name === view,
        }))}
      />
      <Shown />
    </Page>
  );
}
