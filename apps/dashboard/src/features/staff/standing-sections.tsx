import { useState } from 'react';
import { useIntl, useText } from '../../messages/intl.js';
import { exactDay } from '../../messages/time.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/section.js';
import { doom, keep, restore, suspend, useMay, useStaffChange } from './queries.js';
import { ReasonDialog } from './reason-dialog.js';
import { useStaffAttempt } from './refusals.js';
import type { StaffOrganization } from './types.js';

/** Stops the organization, and lets it go on. */
export function SuspensionSection({ organization }: { organization: StaffOrganization }) {
  const t = useText();
  const mayTurn = useMay('organizations:suspend');
  const attempt = useStaffAttempt();
  const stop = useStaffChange(suspend);
  const goOn = useStaffChange(restore);
  const [isAsking, setAsking] = useState(false);
  const { id, name, suspendedAt } = organization;
  if (!mayTurn) return null;
  return (
    <Section
      title={t('staff.suspension')}
      hint={t(suspendedAt ? 'staff.suspension.is' : 'staff.suspension.hint')}
      actions={
        suspendedAt ? (
          <Button
            variant="primary"
            disabled={goOn.isPending}
            onClick={() =>
              void attempt(() => goOn.mutateAsync(id), t('staff.suspension.restored', { name }))
            }
          >
            {t('staff.suspension.restore')}
          </Button>
        ) : (
          <Button variant="danger" onClick={() => setAsking(true)}>
            {t('staff.suspension.suspend')}
          </Button>
        )
      }
    >
      {isAsking && (
        <ReasonDialog
          title={t('staff.suspension.title', { name })}
          body={t('staff.suspension.hint')}
          action={t('staff.suspension.suspend')}
          onClose={() => setAsking(false)}
          onSubmit={({ reason }) => stop.mutateAsync({ id, reason })}
        />
      )}
    </Section>
  );
}

/** Sets the day on which the organization is deleted, and takes it back. */
export function DeletionSection({ organization }: { organization: StaffOrganization }) {
  const { t, language } = useIntl();
  const mayDelete = useMay('organizations:delete');
  const attempt = useStaffAttempt();
  const schedule = useStaffChange(doom);
  const takeBack = useStaffChange(keep);
  const [isAsking, setAsking] = useState(false);
  const { id, name, slug, deleteAfter } = organization;
  if (!mayDelete) return null;
  return (
    <Section
      title={t('staff.deletion')}
      hint={
        deleteAfter
          ? t('staff.deletion.is', { day: exactDay(deleteAfter, language) })
          : t('staff.deletion.hint')
      }
      actions={
        deleteAfter ? (
          <Button
            variant="primary"
            disabled={takeBack.isPending}
            onClick={() =>
              void attempt(() => takeBack.mutateAsync(id), t('staff.deletion.kept', { name }))
            }
          >
            {t('staff.deletion.keep')}
          </Button>
        ) : (
          <Button variant="danger" onClick={() => setAsking(true)}>
            {t('staff.deletion.schedule')}
          </Button>
        )
      }
    >
      {isAsking && (
        <ReasonDialog
          title={t('staff.deletion.title', { name })}
          body={t('staff.deletion.hint')}
          action={t('staff.deletion.schedule')}
          slug={slug}
          onClose={() => setAsking(false)}
          onSubmit={(values) => schedule.mutateAsync({ ...values, id })}
        />
      )}
    </Section>
  );
}
