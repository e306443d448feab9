import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { ApiScope } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { CopyField } from '../../ui/copy-field.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { FormError } from '../auth/auth-page.js';
import { KeyFields, toNetworks, type KeyForm } from './key-fields.js';
import { showKeyErrors } from './key-errors.js';
import { createKey, useKeyChange } from './queries.js';

const lifetimes = { live: ['', '30', '90', '365'], test: ['1', '7', '30'] };
const dayMs = 24 * 60 * 60 * 1000;

interface CreateKeyDialogProps {
  /** What is chosen when it opens. */
  scopes?: ApiScope[];
  onClose: () => void;
}

/** Makes a key and shows its secret, this once. */
export function CreateKeyDialog({ scopes = ['tickets:read'], onClose }: CreateKeyDialogProps) {
  const t = useText();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={secret ? t('apiKeys.created.title') : t('apiKeys.create')}
      description={secret ? t('apiKeys.created.body') : t('apiKeys.create.body')}
    >
      {secret ? (
        <Secret secret={secret} onClose={onClose} />
      ) : (
        <CreateForm scopes={scopes} onCreated={setSecret} />
      )}
    </Dialog>
  );
}

interface CreateFormProps {
  scopes: ApiScope[];
  onCreated: (secret: string) => void;
}

function CreateForm({ scopes, onCreated }: CreateFormProps) {
  const t = useText();
  const create = useKeyChange(createKey);
  const { register, handleSubmit, formState, setError, watch, setValue } = useForm<KeyForm>({
    defaultValues: { name: '', scopes, networks: '', environment: 'live', days: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ days, networks, ...values }) => {
    const expires = days && {
      expiresAt: new Date(Date.now() + Number(days) * dayMs).toISOString(),
    };
    try {
      const made = await create.mutateAsync({
        ...values,
        allowedNetworks: toNetworks(networks),
        ...expires,
      });
      onCreated(made.secret);
    } catch (error) {
      showKeyErrors(t, error, setError);
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <FormError message={errors.root?.message} />
      <KeyFields register={register} errors={errors} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('apiKeys.environment')} hint={t('apiKeys.environmentHint')}>
          {(control) => (
            <select
              {...control}
              {...register('environment', {
                // A test key always ends; what was chosen for a live one need not be possible.
                onChange: () => setValue('days', watch('environment') === 'test' ? '30' : ''),
              })}
              className="field"
            >
              <option value="live">{t('apiKeys.environment.live')}</option>
              <option value="test">{t('apiKeys.environment.test')}</option>
            </select>
          )}
        </Field>
        <Field label={t('apiKeys.lifetime')}>
          {(control) => (
            <select {...control} {...register('days')} className="field">
              {lifetimes[watch('environment')].map((days) => (
                <option key={days} value={days}>
                  {days ? t('apiKeys.days', { days: Number(days) }) : t('apiKeys.forever')}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <div className="flex justify-end pt-1">
        <Button type="submit" variant="primary" disabled={isSubmitting}>
          {t('apiKeys.create')}
        </Button>
      </div>
    </form>
  );
}

/** A secret, shown this once. */
export function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useText();
  return (
    <div>
      <CopyField label={t('apiKeys.secret')} value={secret} />
      <div className="mt-5 flex justify-end">
        <Button variant="primary" onClick={onClose}>
          {t('apiKeys.kept')}
        </Button>
      </div>
    </div>
  );
}
