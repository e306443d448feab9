import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { rowSkeleton } from './page.js';
import { Failure, Skeleton } from './states.js';

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  rows?: number;
  skeleton?: (row: number) => ReactNode;
  children: (data: T) => ReactNode;
}

/** What a query answered; grey bars until then, and what went wrong with a way to try again. */
export function Loaded<T>({ query, rows = 3, skeleton = rowSkeleton, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton rows={rows}>{skeleton}</Skeleton>;
}

/** Grey bars in the shape of a form's fields. */
export const fieldSkeleton = () => (
  <div className="space-y-2 py-3">
    <div className="skeleton h-3 w-24" />
    <div className="skeleton h-9 w-full max-w-100" />
  </div>
);
