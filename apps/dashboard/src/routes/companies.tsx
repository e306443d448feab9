import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../features/auth/queries.js';
import { NewCompanyDialog } from '../features/customers/new-company-dialog.js';
import { companiesQuery } from '../features/customers/queries.js';
import { CustomerTabs } from '../features/customers/tabs.js';
import { TypedSearch } from '../features/customers/typed-search.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Button } from '../ui/button.js';
import { LoadMore } from '../ui/load-more.js';
import { Page, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';

/** Whom customers work for. */
export function CompaniesRoute() {
  const t = useText();
  const writes = useCan('customers:write');
  const [creating, setCreating] = useState(false);
  return (
    <Page
      title={t('companies.title')}
      intro={t('companies.intro')}
      actions={
        writes && (
          <Button variant="primary" onClick={() => setCreating(true)}>
            <Plus size={15} aria-hidden />
            {t('companies.create')}
          </Button>
        )
      }
    >
      <Allowed right="customers:read">
        <CustomerTabs current="/companies" />
        <Companies />
      </Allowed>
      {creating && <NewCompanyDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Companies() {
  const t = useText();
  const { q } = useSearch({ from: '/desk/companies' });
  const query = useInfiniteQuery(companiesQuery({ q }));
  const companies = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <TypedSearch to="/companies" q={q} label={t('companies.search')} />
      {query.isPending && <Skeleton rows={5}>{rowSkeleton}</Skeleton>}
      {query.isError && companies.length === 0 && (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && companies.length === 0 && (
        <EmptyState
          icon={Building2}
          title={t(q ? 'companies.noMatch' : 'companies.empty')}
          body={q ? undefined : t('companies.emptyHint')}
        />
      )}
      {companies.length > 0 && (
        <ul aria-label={t('companies.title')} className="border-t border-line">
          {companies.map((company) => (
            <li key={company.id} className="border-b border-line">
              <Link
                to="/companies/$companyId"
                params={{ companyId: company.id }}
                className="flex min-h-14 items-center gap-3 rounded-lg px-1 py-2 hover:bg-hover"
              >
                <Building2 size={18} className="shrink-0 text-subtle" aria-hidden />
                <span className="min-w-0 flex-1">
                  <bdi className="block truncate text-sm font-medium">{company.name}</bdi>
                  <bdi className="block truncate text-xs text-muted">
                    {company.domains.join(', ')}
                  </bdi>
                </span>
                <span className="shrink-0 text-xs text-subtle max-sm:hidden">
                  {t('companies.peopleCount', { count: company.customerCount })}
                </span>
                <span className="shrink-0 text-xs text-subtle">
                  {t('customers.ticketCount', { count: company.ticketCount })}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <LoadMore query={query} />
    </>
  );
}
