import { useState } from 'react';
import { useForm } from 'react-hook-form';
import {
  changeEmail,
  changePassword,
  rename,
  useAccountChange,
} from '../features/account/queries.js';
import { FormError } from '../features/auth/auth-page.js';
import { showErrors } from '../features/auth/form-errors.js';
import {
  CurrentPasswordField,
  minimumPassword,
  NewPasswordField,
} from '../features/auth/password-field.js';
import { useMe } from '../features/auth/queries.js';
import { useText } from '../messages/intl.js';
import { Button } from '../ui/button.js';
import { DialogButtons } from '../ui/dialog-buttons.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { PageBody } from '../ui/page.js';
import { Section } from '../ui/section.js';

/** The person's name, address and password. */
export function ProfileRoute() {
  const t = useText();
  const me = useMe();
  const [dialog, setDialog] = useState<'email' | 'password' | null>(null);
  const close = () => setDialog(null);
  if (!me) return null;
  return (
    <PageBody title={t('pages.profile')} intro={t('profile.intro')}>
      <NameForm name={me.user.name} />
      <Section
        title={t('profile.email')}
        hint={t('profile.emailHint', { email: me.user.email })}
        actions={
          me.hasPassword && (
            <Button onClick={() => setDialog('email')}>{t('profile.changeEmail')}</Button>
          )
        }
      />
      <Section
        title={t('profile.password')}
        hint={t(me.hasPassword ? 'profile.passwordHint' : 'profile.noPassword')}
        actions={
          me.hasPassword && (
            <Button onClick={() => setDialog('password')}>{t('profile.changePassword')}</Button>
          )
        }
      />
      {dialog === 'email' && <EmailDialog onClose={close} />}
      {dialog === 'password' && <PasswordDialog email={me.user.email} onClose={close} />}
    </PageBody>
  );
}

function NameForm({ name }: { name: string }) {
  const t = useText();
  const change = useAccountChange(rename);
  const { register, handleSubmit, formState, setError, reset } = useForm({
    values: { name },
  });
  const { errors, isSubmitting, isDirty } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await change.mutateAsync(values.name);
      reset(values);
      notify({ tone: 'done', title: t('action.saved') });
    } catch (error) {
      showErrors(t, error, ['name'], setError);
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="max-w-100 space-y-3 pb-5">
      <FormError message={errors.root?.message} />
      <Field label={t('profile.name')} hint={t('profile.nameHint')} error={errors.name?.message}>
        {(control) => (
          <input
            {...control}
            {...register('name', { required: t('field.required') })}
            autoComplete="name"
            maxLength={200}
            className="field"
            dir="auto"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" disabled={isSubmitting || !isDirty}>
        {isSubmitting ? t('action.saving') : t('action.save')}
      </Button>
    </form>
  );
}

function EmailDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const change = useAccountChange(changeEmail);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { email: '', password: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await change.mutateAsync(values);
      notify({
        tone: 'done',
        title: t('register.sent.title'),
        detail: t('profile.emailAsked', { email: values.email }),
      });
      onClose();
    } catch (error) {
      showErrors(t, error, ['email', 'password'], setError);
    }
  });
  return (
    <Dialog open onOpenChange={onClose} title={t('profile.changeEmail')}>
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <Field label={t('field.newEmail')} error={errors.email?.message}>
          {(control) => (
            <input
              {...control}
              {...register('email', { required: t('field.required') })}
              type="email"
              autoComplete="email"
              data-autofocus
              className="field"
              dir="ltr"
            />
          )}
        </Field>
        <CurrentPasswordField
          error={errors.password?.message}
          registration={register('password', { required: t('field.required') })}
        />
        <DialogButtons onClose={onClose} action={t('profile.changeEmail')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}

function PasswordDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const t = useText();
  const change = useAccountChange(changePassword);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { currentPassword: '', newPassword: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await change.mutateAsync(values);
      notify({ tone: 'done', title: t('profile.passwordChanged') });
      onClose();
    } catch (error) {
      showErrors(t, error, ['currentPassword', 'newPassword'], setError);
    }
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('profile.changePassword')}
      description={t('profile.passwordHint')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <input
          type="email"
          autoComplete="username"
          value={email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
          className="hidden"
        />
        <CurrentPasswordField
          error={errors.currentPassword?.message}
          registration={register('currentPassword', { required: t('field.required') })}
          first
        />
        <NewPasswordField
          label={t('password.new')}
          error={errors.newPassword?.message}
          registration={register('newPassword', {
            required: t('field.required'),
            minLength: {
              value: minimumPassword,
              message: t('password.short', { minimumPassword }),
            },
          })}
        />
        <DialogButtons onClose={onClose} action={t('profile.changePassword')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}
