import { useForm } from 'react-hook-form';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { FormError } from './auth-page.js';
import { showErrors } from './form-errors.js';
import { isGone } from './linked.js';
import { minimumPassword, NewPasswordField } from './password-field.js';

interface NewPasswordFormProps {
  /** Whose password it is, for a password manager to keep beside it. */
  email: string;
  label: string;
  submit: string;
  pending: string;
  /** The link is over. */
  onGone: () => void;
  onSubmit: (password: string) => Promise<void>;
}

/** A password, chosen by the link of a mail. */
export function NewPasswordForm(props: NewPasswordFormProps) {
  const t = useText();
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { password: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ password }) => {
    try {
      await props.onSubmit(password);
    } catch (error) {
      if (isGone(error)) props.onGone();
      else showErrors(t, error, ['password'], setError);
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <FormError message={errors.root?.message} />
      <input
        type="email"
        autoComplete="username"
        value={props.email}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
        className="hidden"
      />
      <NewPasswordField
        label={props.label}
        error={errors.password?.message}
        registration={register('password', {
          required: t('field.required'),
          minLength: {
            value: minimumPassword,
            message: t('password.short', { minimumPassword }),
          },
        })}
        autoFocus
      />
      <Button type="submit" variant="primary" disabled={isSubmitting} className="h-9 w-full">
        {isSubmitting ? props.pending : props.submit}
      </Button>
    </form>
  );
}
