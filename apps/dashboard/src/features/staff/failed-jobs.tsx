import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, RotateCw } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { notify } from '../../ui/notices.js';
import { Time } from '../../ui/time.js';
import { StaffList } from './list.js';
import { failedJobsQuery, retryJobs } from './operations-queries.js';
import { useMay, useStaffChange } from './queries.js';
import { useStaffAttempt } from './refusals.js';
import type { FailedJob } from './types.js';

/** How many jobs are tried again at once, at most. */
const mostRetried = 100;

/** Jobs that were given up, with why; those that may be are tried once more. */
export function FailedJobs({ organizationId }: { organizationId?: string }) {
  const t = useText();
  const mayRetry = useMay('operations:write');
  const query = useInfiniteQuery(failedJobsQuery(organizationId));
  const attempt = useStaffAttempt();
  const change = useStaffChange(retryJobs);
  const retry = (jobIds: string[]) =>
    void attempt(async () => {
      const { retried, passedOver } = await change.mutateAsync(jobIds);
      notify({ tone: 'done', title: t('staff.jobs.retried', { retried, passedOver }) });
    });
  const jobs = query.data?.pages.flatMap((page) => page.data) ?? [];
  const again = jobs.filter(({ canRetry }) => canRetry).slice(0, mostRetried);
  return (
    <>
      {mayRetry && again.length > 1 && (
        <div className="mb-3 flex justify-end">
          <Button disabled={change.isPending} onClick={() => retry(again.map(({ id }) => id))}>
            <RotateCw size={14} aria-hidden />
            {t('staff.jobs.retryAll', { count: again.length })}
          </Button>
        </div>
      )}
      <StaffList
        query={query}
        isPart={organizationId !== undefined}
        label={t('staff.jobs')}
        empty={{ icon: CircleCheck, title: t('staff.jobs.none') }}
      >
        {(job) => (
          <Row
            key={job.id}
            job={job}
            isOfOne={organizationId !== undefined}
            {...(mayRetry &&
              job.canRetry &&
              !change.isPending && { onRetry: () => retry([job.id]) })}
          />
        )}
      </StaffList>
    </>
  );
}

interface RowProps {
  job: FailedJob;
  /** Stands among those of one organization. */
  isOfOne: boolean;
  onRetry?: () => void;
}

function Row({ job, isOfOne, onRetry }: RowProps) {
  const t = useText();
  const { consumer, reason, attempts, failedAt, organizationId, seq, canRetry } = job;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="text-sm">
          <bdi dir="ltr" className="font-mono font-medium break-all">
            {consumer}
          </bdi>{' '}
          {seq !== null && (
            <bdi dir="ltr" className="text-xs text-subtle">
              #{seq}
            </bdi>
          )}
        </p>
        <p className="mt-0.5 text-sm break-words text-muted">
          <bdi>{reason}</bdi>
        </p>
        <p className="mt-0.5 text-xs text-subtle">
          {t('staff.jobs.attempts', { count: attempts })}
          {' · '}
          <Time at={failedAt} />
          {!isOfOne && organizationId && (
            <>
              {' · '}
              <Link
                to="/staff/organizations/$organizationId"
                params={{ organizationId }}
                className="text-accent-text underline underline-offset-2"
              >
                {t('staff.organization')}
              </Link>
            </>
          )}
          {!canRetry && (
            <>
              {' · '}
              {t('staff.jobs.told')}
            </>
          )}
        </p>
      </div>
      {onRetry && (
        <Button onClick={onRetry}>
          {t('staff.jobs.retry')}
          <span className="sr-only">{consumer}</span>
        </Button>
      )}
    </li>
  );
}
