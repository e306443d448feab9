import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { ArrowLeft, Mail as MailIcon, MailOpen } from 'lucide-react';
import { MailView } from '../features/mailbox/mail-view.js';
import { mailboxQuery } from '../features/mailbox/queries.js';
import { useText } from '../messages/intl.js';
import { LoadMore } from '../ui/load-more.js';
import { rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { useTitle } from '../ui/title.js';

/** The mails that would have been sent, where no mail server is set up. */
export function MailboxRoute() {
  const t = useText();
  useTitle(t('mailbox.title'));
  const query = useInfiniteQuery(mailboxQuery);
  const { mail: openId } = useSearch({ from: '/desk/mailbox' });
  const mails = query.data?.pages.flatMap((page) => page.data) ?? [];
  const open = mails.find((mail) => mail.id === openId);
  return (
    <div className="flex h-full">
      <section
        aria-label={t('mailbox.title')}
        className={clsx(
          'flex min-h-0 w-full shrink-0 flex-col bg-surface md:w-84 md:border-e md:border-line',
          open && 'max-md:hidden',
        )}
      >
        <header className="border-b border-line px-3 py-3">
          <h1 className="text-base font-semibold tracking-tight">{t('mailbox.title')}</h1>
          <p className="text-xs text-muted">{t('mailbox.intro')}</p>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto">
          {query.isPending && (
            <div className="px-3">
              <Skeleton rows={6}>{rowSkeleton}</Skeleton>
            </div>
          )}
          {query.isError && mails.length === 0 && (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          )}
          {query.isSuccess && mails.length === 0 && (
            <EmptyState
              icon={MailIcon}
              title={t('mailbox.empty.title')}
              body={t('mailbox.empty.body')}
            />
          )}
          {mails.length > 0 && (
            <ul aria-label={t('mailbox.list')}>
              {mails.map((mail) => (
                <li key={mail.id}>
                  <Link
                    to="/mailbox"
                    search={{ mail: mail.id }}
                    aria-current={mail.id === openId ? 'true' : undefined}
                    className={clsx(
                      'flex flex-col gap-1 border-b border-line px-3 py-2.5 -outline-offset-2',
                      mail.id === openId ? 'bg-selected' : 'hover:bg-hover',
                    )}
                  >
                    <span className="flex items-center gap-2">
                      <bdi className="min-w-0 flex-1 truncate text-sm font-medium">
                        {mail.subject}
                      </bdi>
                      <Time at={mail.createdAt} className="shrink-0 text-xs text-subtle" />
                    </span>
                    <span className="flex items-center gap-2 text-xs text-muted">
                      <bdi className="min-w-0 flex-1 truncate">{mail.to}</bdi>
                      <span className={mail.status === 'failed' ? 'text-danger' : undefined}>
                        {t(`delivery.${mail.status}`)}
                      </span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
          <LoadMore query={query} />
        </div>
      </section>
      <div className={clsx('flex min-w-0 flex-1 flex-col bg-surface', !open && 'max-md:hidden')}>
        {open ? (
          <>
            <Link
              to="/mailbox"
              search={{}}
              className="flex h-10 items-center gap-2 border-b border-line px-4 text-sm text-muted md:hidden"
            >
              <ArrowLeft size={16} className="rtl:-scale-x-100" aria-hidden />
              {t('shortcut.back')}
            </Link>
            <MailView mail={open} />
          </>
        ) : (
          <EmptyState icon={MailOpen} title={t('mailbox.nothingOpen')} />
        )}
      </div>
    </div>
  );
}
