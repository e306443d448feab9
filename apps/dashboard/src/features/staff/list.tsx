import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { LoadMore } from '../../ui/load-more.js';
import { rowSkeleton } from '../../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../../ui/states.js';

interface ListQuery<T> {
  data: { pages: { data: T[] }[] } | undefined;
  error: unknown;
  isPending: boolean;
  isError: boolean;
  isSuccess: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
  refetch: () => Promise<unknown>;
}

interface StaffListProps<T> {
  query: ListQuery<T>;
  label: string;
  empty: { icon: LucideIcon; title: string; body?: string };
  /** It is a part of a page: what there is not takes one line, and what follows draws the line below it. */
  isPart?: boolean;
  /** One of the list, as an `li`. */
  children: (item: T) => ReactNode;
}

/** A list that pages, with what it says while it is fetched, when it failed, and when there is nothing. */
export function StaffList<T>({ query, label, empty, isPart, children }: StaffListProps<T>) {
  const items = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      {query.isPending && <Skeleton rows={4}>{rowSkeleton}</Skeleton>}
      {query.isError && items.length === 0 && (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess &&
        items.length === 0 &&
        (isPart ? (
          <p className="text-sm text-muted">{empty.title}</p>
        ) : (
          <EmptyState icon={empty.icon} title={empty.title} body={empty.body} />
        ))}
      {items.length > 0 && (
        <ul
          aria-label={label}
          className={clsx('border-t border-line', isPart && '[&>li:last-child]:border-b-0')}
        >
          {items.map((item) => children(item))}
        </ul>
      )}
      <LoadMore query={query} />
    </>
  );
}
