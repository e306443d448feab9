import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { ApiKey } from '../../api/types.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { FormError } from '../auth/auth-page.js';
import { Secret } from './create-key-dialog.js';
import { rotateKey, useKeyChange } from './queries.js';

const overlaps = [0, 1, 24, 72, 168];

/** Makes a further secret and says how long the one before works on. */
export function RotateKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const t = useText();
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = useKeyChange(rotateKey);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { overlap: '24' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ overlap }) => {
    try {
      const made = await rotate.mutateAsync({ id: apiKey.id, overlapHours: Number(overlap) });
      setSecret(made.secret);
    } catch (error) {
      setError('root', { message: errorText(t, error) });
    }
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={secret ? t('apiKeys.rotated') : t('apiKeys.rotateTitle', { name: apiKey.name })}
      description={secret ? t('apiKeys.created.body') : t('apiKeys.rotateBody')}
    >
      {secret ? (
        <Secret secret={secret} onClose={onClose} />
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
          <FormError message={errors.root?.message} />
          <Field label={t('apiKeys.overlap')}>
            {(control) => (
              <select {...control} {...register('overlap')} data-autofocus className="field">
                {overlaps.map((hours) => (
                  <option key={hours} value={hours}>
                    {hours === 0 ? t('apiKeys.overlapNone') : t('apiKeys.hours', { hours })}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <DialogButtons onClose={onClose} action={t('apiKeys.rotate')} busy={isSubmitting} />
        </form>
      )}
    </Dialog>
  );
}
