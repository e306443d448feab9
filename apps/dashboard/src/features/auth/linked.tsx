import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Unlink } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { ApiError } from '../../api/error.js';
import { useText } from '../../messages/intl.js';
import { fieldSkeleton } from '../../ui/loaded.js';
import { Failure, Skeleton } from '../../ui/states.js';
import { AuthPage, textLink } from './auth-page.js';
import { Told } from './told.js';

interface LinkedProps<T> {
  /** What kind of link it is, for the cache. */
  kind: string;
  token: string;
  title: string;
  read: (token: string) => Promise<T>;
  /** Where a new link can be had. */
  again: '/register' | '/forgot-password' | '/sign-in';
  /** Gets what was found, and what to call when the link turns out to be over after all. */
  children: (found: T, gone: () => void) => ReactNode;
}

/** A page that a mail leads to: says what its link is for, or that it does not work any more. */
export function Linked<T>({ kind, token, title, read, again, children }: LinkedProps<T>) {
  const [gone, setGone] = useState(false);
  const query = useQuery({
    queryKey: ['link', kind, token],
    queryFn: () => read(token),
    staleTime: Infinity,
    gcTime: 0,
  });
  if (gone) return <GoneLink again={again} />;
  if (query.data !== undefined) return children(query.data, () => setGone(true));
  const { error } = query;
  if (error instanceof ApiError && error.status >= 400 && error.status < 429) {
    return <GoneLink again={again} />;
  }
  return (
    <AuthPage title={title}>
      {query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton rows={2}>{fieldSkeleton}</Skeleton>
      )}
    </AuthPage>
  );
}

/** Whether a refusal means that the link is over. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && [404, 410].includes(error.status);
}

/** A link that was used, has expired, or never was one. */
export function GoneLink({ again }: { again: LinkedProps<unknown>['again'] }) {
  const t = useText();
  return (
    <AuthPage title={t('link.gone.title')}>
      <Told icon={Unlink}>
        <p>{t('link.gone.body')}</p>
        <p>
          <Link to={again} search={{}} className={textLink}>
            {t(again === '/sign-in' ? 'signIn.back' : 'link.gone.again')}
          </Link>
        </p>
      </Told>
    </AuthPage>
  );
}
