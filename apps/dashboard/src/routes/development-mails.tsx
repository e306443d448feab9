import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { MailOpen } from 'lucide-react';
import { noticeQuery, noticesQuery } from '../features/development/queries.js';
import { useText } from '../messages/intl.js';
import { Loaded, fieldSkeleton } from '../ui/loaded.js';
import { LoadMore } from '../ui/load-more.js';
import { Page, rowSkeleton } from '../ui/page.js';
import { PlainText } from '../ui/plain-text.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';

/** The mails to people about their accounts, where no mail server is set up: in development alone. */
export function DevelopmentMailsRoute() {
  const t = useText();
  const query = useInfiniteQuery(noticesQuery);
  const { mail: openId } = useSearch({ from: '/development/mails' });
  const mails = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <main className="h-full">
      <Page title={t('notices.title')} intro={t('notices.intro')}>
        {query.isPending && <Skeleton rows={4}>{rowSkeleton}</Skeleton>}
        {query.isError && mails.length === 0 && (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.isSuccess && mails.length === 0 && (
          <EmptyState icon={MailOpen} title={t('mailbox.empty.title')} />
        )}
        <div className="grid gap-6 md:grid-cols-[18rem_1fr]">
          {mails.length > 0 && (
            <ul aria-label={t('notices.title')} className="border-t border-line">
              {mails.map((mail) => (
                <li key={mail.id}>
                  <Link
                    to="/development/mails"
                    search={{ mail: mail.id }}
                    aria-current={mail.id === openId ? 'true' : undefined}
                    className={clsx(
                      'flex flex-col gap-0.5 border-b border-line px-2 py-2 -outline-offset-2',
                      mail.id === openId ? 'bg-selected' : 'hover:bg-hover',
                    )}
                  >
                    <bdi className="truncate text-sm font-medium">{mail.to}</bdi>
                    <span className="flex gap-2 text-xs text-muted">
                      <code className="min-w-0 flex-1 truncate font-mono" dir="ltr">
                        {mail.kind}
                      </code>
                      <Time at={mail.createdAt} />
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
          {openId && <Opened id={openId} />}
        </div>
        <LoadMore query={query} />
      </Page>
    </main>
  );
}

function Opened({ id }: { id: string }) {
  const mail = useQuery(noticeQuery(id));
  return (
    <Loaded query={mail} rows={2} skeleton={fieldSkeleton}>
      {(found) => (
        <article aria-label={found.subject} className="min-w-0">
          <h2 dir="auto" className="mb-3 text-lg font-semibold tracking-tight">
            {found.subject}
          </h2>
          <PlainText text={found.text} />
        </article>
      )}
    </Loaded>
  );
}
