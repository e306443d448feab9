import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../features/auth/queries.js';
import { NewCustomerDialog } from '../features/customers/new-customer-dialog.js';
import { customersQuery } from '../features/customers/queries.js';
import { CustomerTabs } from '../features/customers/tabs.js';
import { TypedSearch } from '../features/customers/typed-search.js';
import type { Customer } from '../features/customers/types.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { LoadMore } from '../ui/load-more.js';
import { Page, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';

/** Everybody who has ever asked. */
export function CustomersRoute() {
  const t = useText();
  const writes = useCan('customers:write');
  const [creating, setCreating] = useState(false);
  return (
    <Page
      title={t('customers.title')}
      intro={t('customers.intro')}
      actions={
        writes && (
          <Button variant="primary" onClick={() => setCreating(true)}>
            <UserPlus size={15} aria-hidden />
            {t('customers.create')}
          </Button>
        )
      }
    >
      <Allowed right="customers:read">
        <CustomerTabs current="/customers" />
        <Customers />
      </Allowed>
      {creating && <NewCustomerDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Customers() {
  const t = useText();
  const { q } = useSearch({ from: '/desk/customers' });
  const query = useInfiniteQuery(customersQuery({ q }));
  const customers = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <TypedSearch to="/customers" q={q} label={t('customers.search')} />
      {query.isPending && <Skeleton rows={6}>{rowSkeleton}</Skeleton>}
      {query.isError && customers.length === 0 && (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && customers.length === 0 && (
        <EmptyState
          icon={Users}
          title={t(q ? 'customers.noMatch' : 'customers.empty')}
          body={t(q ? 'customers.noMatchHint' : 'customers.emptyHint')}
        />
      )}
      {customers.length > 0 && (
        <ul aria-label={t('customers.title')} className="border-t border-line">
          {customers.map((customer) => (
            <CustomerRow key={customer.id} customer={customer} />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
    </>
  );
}

/** One customer of a list: who, of which company, with how many tickets. */
export function CustomerRow({
  customer,
  colleague = false,
}: {
  customer: Customer;
  /** Stands among those of one company, whose name is said already. */
  colleague?: boolean;
}) {
  const t = useText();
  return (
    <li className="border-b border-line">
      <Link
        to="/customers/$customerId"
        params={{ customerId: customer.id }}
        className="flex min-h-14 items-center gap-3 rounded-lg px-1 py-2 hover:bg-hover"
      >
        <Avatar name={customer.name} />
        <span className="min-w-0 flex-1">
          <bdi className="block truncate text-sm font-medium">{customer.name}</bdi>
          <bdi className="block truncate text-xs text-muted">{customer.email}</bdi>
        </span>
        {!colleague && (
          <bdi className="w-40 truncate text-sm text-muted max-sm:hidden">
            {customer.company?.name}
          </bdi>
        )}
        <span className="shrink-0 text-xs text-subtle">
          {t('customers.ticketCount', { count: customer.ticketCount })}
        </span>
        <Time
          at={customer.createdAt}
          className="w-24 shrink-0 text-end text-xs text-subtle max-sm:hidden"
        />
      </Link>
    </li>
  );
}
