import { TriangleAlert } from 'lucide-react';
import { useIntl } from '../../messages/intl.js';
import { exactDay } from '../../messages/time.js';
import { useAttempt } from '../../ui/attempt.js';
import { Button } from '../../ui/button.js';
import { useCan, useMe } from '../auth/queries.js';
import { cancelDeletion, useOrganizationChange } from './queries.js';

/** Says that the organization is about to be deleted or is suspended; owners can still keep it. */
export default function DeletionBanner() {
  const { t, language } = useIntl();
  const owns = useCan('organization:own');
  const organization = useMe()?.organization;
  const attempt = useAttempt();
  const keep = useOrganizationChange(cancelDeletion);
  const doomed = organization?.deleteAfter;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-center gap-x-3 gap-y-2 border-b border-line bg-danger-ground px-4 py-2 text-sm"
    >
      <TriangleAlert size={16} className="shrink-0 text-danger" aria-hidden />
      <p>
        {doomed ? t('banner.doomed', { date: exactDay(doomed, language) }) : t('banner.suspended')}
      </p>
      {doomed && owns && (
        <Button
          disabled={keep.isPending}
          onClick={() =>
            void attempt(() => keep.mutateAsync(undefined), {
              done: t('banner.kept'),
              failed: t('banner.notKept'),
            })
          }
        >
          {t('banner.keep')}
        </Button>
      )}
    </div>
  );
}
