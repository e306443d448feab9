import { useForm } from 'react-hook-form';
import type { ApiKey } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { notify } from '../../ui/notices.js';
import { FormError } from '../auth/auth-page.js';
import { showKeyErrors } from './key-errors.js';
import { KeyFields, toNetworks, type KeyForm } from './key-fields.js';
import { changeKey, useKeyChange } from './queries.js';

/** Changes what a key is called, may do and may be used from; what uses it need not know. */
export function EditKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const t = useText();
  const change = useKeyChange(changeKey);
  const { register, handleSubmit, formState, setError } = useForm<KeyForm>({
    defaultValues: {
      name: apiKey.name,
      scopes: apiKey.scopes,
      networks: apiKey.allowedNetworks.join('\n'),
    },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ name, scopes, networks }) => {
    try {
      await change.mutateAsync({
        id: apiKey.id,
        name,
        scopes,
        allowedNetworks: toNetworks(networks),
      });
      notify({ tone: 'done', title: t('action.saved') });
      onClose();
    } catch (error) {
      showKeyErrors(t, error, setError);
    }
  });
  return (
    <Dialog open onOpenChange={onClose} title={t('apiKeys.editTitle', { name: apiKey.name })}>
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <KeyFields register={register} errors={errors} />
        <DialogButtons onClose={onClose} action={t('action.save')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}
