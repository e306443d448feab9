import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { Organization } from '../api/types.js';
import { FormError } from '../features/auth/auth-page.js';
import { showErrors } from '../features/auth/form-errors.js';
import { useMe } from '../features/auth/queries.js';
import {
  handOver,
  organizationQuery,
  scheduleDeletion,
  useOrganizationChange,
} from '../features/organization/queries.js';
import { activePeopleQuery } from '../features/people/queries.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Button } from '../ui/button.js';
import { DialogButtons } from '../ui/dialog-buttons.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { fieldSkeleton, Loaded } from '../ui/loaded.js';
import { notify } from '../ui/notices.js';
import { PageBody } from '../ui/page.js';
import { Section } from '../ui/section.js';

/** What is hard to take back: handing the organization over, deleting it. */
export function DangerRoute() {
  const t = useText();
  const organization = useQuery(organizationQuery);
  return (
    <PageBody title={t('pages.danger')} intro={t('danger.intro')}>
      <Allowed right="organization:own">
        <Loaded query={organization} rows={2} skeleton={fieldSkeleton}>
          {(found) => <Danger organization={found} />}
        </Loaded>
      </Allowed>
    </PageBody>
  );
}

function Danger({ organization }: { organization: Organization }) {
  const t = useText();
  const [dialog, setDialog] = useState<'transfer' | 'delete' | null>(null);
  const close = () => setDialog(null);
  const doomed = organization.deleteAfter !== null;
  return (
    <>
      <Section
        title={t('danger.transfer')}
        hint={t('danger.transferHint')}
        actions={
          <Button onClick={() => setDialog('transfer')}>{t('danger.transferAction')}</Button>
        }
      />
      <Section
        title={t('danger.delete')}
        hint={t('danger.deleteHint')}
        actions={
          !doomed && (
            <Button variant="danger" onClick={() => setDialog('delete')}>
              {t('danger.deleteAction')}
            </Button>
          )
        }
      />
      {dialog === 'transfer' && <TransferDialog organization={organization} onClose={close} />}
      {dialog === 'delete' && <DeleteDialog organization={organization} onClose={close} />}
    </>
  );
}

interface DangerDialogProps {
  organization: Organization;
  onClose: () => void;
}

function TransferDialog({ organization, onClose }: DangerDialogProps) {
  const t = useText();
  const me = useMe();
  const people = useQuery(activePeopleQuery).data ?? [];
  const change = useOrganizationChange(handOver);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { userId: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ userId }) => {
    try {
      await change.mutateAsync(userId);
      const name = people.find((person) => person.id === userId)?.name ?? '';
      notify({ tone: 'done', title: t('danger.transferred', { name }) });
      onClose();
    } catch (error) {
      showErrors(t, error, ['userId'], setError);
    }
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('danger.transferTitle', { organization: organization.name })}
      description={t('danger.transferHint')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <Field label={t('danger.transferTo')} error={errors.userId?.message}>
          {(control) => (
            <select
              {...control}
              {...register('userId', { required: t('field.required') })}
              data-autofocus
              className="field"
            >
              <option value="">{t('danger.transferChoose')}</option>
              {people
                .filter((person) => person.id !== me?.user.id)
                .map((person) => (
                  <option key={person.id} value={person.id}>
                    {person.name} · {person.email}
                  </option>
                ))}
            </select>
          )}
        </Field>
        <DialogButtons
          onClose={onClose}
          action={t('danger.transferAction')}
          busy={isSubmitting}
          danger
        />
      </form>
    </Dialog>
  );
}

function DeleteDialog({ organization, onClose }: DangerDialogProps) {
  const t = useText();
  const change = useOrganizationChange(scheduleDeletion);
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { slug: '' } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ slug }) => {
    try {
      await change.mutateAsync(slug.trim());
      notify({ tone: 'done', title: t('danger.scheduled') });
      onClose();
    } catch (error) {
      showErrors(t, error, ['slug'], setError);
    }
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('danger.deleteTitle', { organization: organization.name })}
      description={t('danger.deleteBody')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <Field
          label={t('danger.deleteType', { slug: organization.slug })}
          error={errors.slug?.message}
        >
          {(control) => (
            <input
              {...control}
              {...register('slug', {
                validate: (typed) =>
                  typed.trim() === organization.slug || t('danger.deleteMismatch'),
              })}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              data-autofocus
              className="field font-mono"
              dir="ltr"
            />
          )}
        </Field>
        <DialogButtons
          onClose={onClose}
          action={t('danger.deleteAction')}
          busy={isSubmitting}
          danger
        />
      </form>
    </Dialog>
  );
}
