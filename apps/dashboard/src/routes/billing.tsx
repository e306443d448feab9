import { useSearch } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useMe } from '../features/auth/queries.js';
import { InvoicesView } from '../features/billing/invoices-view.js';
import { PlanView } from '../features/billing/plan-view.js';
import { UsageView } from '../features/billing/usage-view.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { PageBody } from '../ui/page.js';
import { EmptyState } from '../ui/states.js';
import { TabLinks } from '../ui/tabs.js';

const views = ['usage', 'invoices'] as const;

/** The plan of the organization, what is used of it and what was billed; a plain word where none is sold. */
export function BillingRoute() {
  const t = useText();
  const isSold = useMe()?.plan.isSold;
  return (
    <PageBody title={t('pages.billing')} intro={isSold ? t('billing.intro') : undefined}>
      <Allowed right="billing:read">
        {isSold ? (
          <Views />
        ) : (
          <EmptyState icon={CircleCheck} title={t('billing.off')} body={t('billing.offBody')} />
        )}
      </Allowed>
    </PageBody>
  );
}

function Views() {
  const t = useText();
  const search = useSearch({ from: '/desk/settings/billing' });
  const view = views.find((each) => each === search.view);
  return (
    <>
      <TabLinks
        label={t('billing.tabs')}
        to="/settings/billing"
        tabs={[
          { search: {}, label: t('billing.tab.plan'), current: !view },
          ...views.map((each) => ({
            search: { view: each },
            label: t(`billing.tab.${each}`),
            current: view === each,
          })),
        ]}
      />
      <div>
        {!view && <PlanView />}
        {view === 'usage' && <UsageView />}
        {view === 'invoices' && <InvoicesView />}
      </div>
    </>
  );
}
