import { useQuery } from '@tanstack/react-query';
import { Fingerprint, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { Passkey } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { IconButton } from '../../ui/icon-button.js';
import { Loaded } from '../../ui/loaded.js';
import { notify } from '../../ui/notices.js';
import { Section } from '../../ui/section.js';
import { Time } from '../../ui/time.js';
import { ProofDialog } from '../account/proof-dialog.js';
import {
  addPasskey,
  passkeyCreation,
  passkeysQuery,
  removePasskey,
  renamePasskey,
  useAccountChange,
} from '../account/queries.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { makePasskey, passkeysExist } from '../auth/passkeys.js';
import { CodesDialog } from './app-section.js';

type Step =
  | { step: 'add' }
  | { step: 'codes'; codes: string[] }
  | { step: 'rename' | 'remove'; passkey: Passkey };

/** The person's passkeys: made by the browser, named by the person. */
export function PasskeysSection() {
  const t = useText();
  const passkeys = useQuery(passkeysQuery);
  const [step, setStep] = useState<Step | null>(null);
  const [name, setName] = useState('');
  const add = useAccountChange(addPasskey);
  const remove = useAccountChange(removePasskey);
  const close = () => setStep(null);
  return (
    <Section
      title={t('factors.passkeys')}
      hint={t('factors.passkeysHint')}
      actions={
        passkeysExist && (
          <Button
            onClick={() => {
              setName('');
              setStep({ step: 'add' });
            }}
          >
            <Plus size={14} aria-hidden />
            {t('factors.passkeyAdd')}
          </Button>
        )
      }
    >
      <Loaded query={passkeys} rows={1}>
        {(found) =>
          found.length > 0 && (
            <ul aria-label={t('factors.passkeys')} className="border-t border-line">
              {found.map((passkey) => (
                <Row key={passkey.id} passkey={passkey} onStep={setStep} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {step?.step === 'add' && (
        <ProofDialog
          title={t('factors.passkeyAdd')}
          body={t('factors.confirmFirst')}
          action={t('second.submit')}
          fields={
            <Field label={t('factors.passkeyName')} hint={t('factors.passkeyNameHint')}>
              {(control) => (
                <input
                  {...control}
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                  maxLength={100}
                  data-autofocus
                  className="field"
                  dir="auto"
                />
              )}
            </Field>
          }
          onProof={async (proof) => {
            const response = await makePasskey(await passkeyCreation(proof));
            const named = name.trim() || t('signIn.passkey');
            const { recoveryCodes } = await add.mutateAsync({ name: named, response });
            notify({ tone: 'done', title: t('factors.passkeyAdded') });
            setStep(recoveryCodes?.length ? { step: 'codes', codes: recoveryCodes } : null);
          }}
          onClose={close}
        />
      )}
      {step?.step === 'codes' && <CodesDialog codes={step.codes} onClose={close} />}
      {step?.step === 'rename' && <RenameDialog passkey={step.passkey} onClose={close} />}
      {step?.step === 'remove' && (
        <ProofDialog
          title={t('factors.passkeyRemoveTitle', { name: step.passkey.name })}
          body={t('factors.passkeyRemoveBody')}
          action={t('action.remove')}
          danger
          onProof={async (proof) => {
            await remove.mutateAsync({ id: step.passkey.id, proof });
            notify({
              tone: 'done',
              title: t('factors.passkeyRemoved', { name: step.passkey.name }),
            });
            close();
          }}
          onClose={close}
        />
      )}
    </Section>
  );
}

function Row({ passkey, onStep }: { passkey: Passkey; onStep: (step: Step) => void }) {
  const t = useText();
  return (
    <li className="flex min-h-14 items-center gap-3 border-b border-line py-2">
      <Fingerprint size={18} strokeWidth={1.5} className="shrink-0 text-subtle" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-sm font-medium">
          <bdi className="truncate">{passkey.name}</bdi>
          {passkey.backedUp && <Badge>{t('factors.synced')}</Badge>}
        </p>
        <p className="text-xs text-muted">
          {t('factors.added')} <Time at={passkey.createdAt} /> ·{' '}
          {passkey.lastUsedAt ? (
            <>
              {t('factors.passkeyUsed')} <Time at={passkey.lastUsedAt} />
            </>
          ) : (
            t('factors.passkeyNever')
          )}
        </p>
      </div>
      <IconButton
        label={t('factors.passkeyRename', { name: passkey.name })}
        onClick={() => onStep({ step: 'rename', passkey })}
      >
        <Pencil size={15} aria-hidden />
      </IconButton>
      <IconButton
        label={t('factors.passkeyRemove', { name: passkey.name })}
        onClick={() => onStep({ step: 'remove', passkey })}
      >
        <Trash2 size={15} aria-hidden />
      </IconButton>
    </li>
  );
}

function RenameDialog({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const t = useText();
  const change = useAccountChange(renamePasskey);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { name: passkey.name },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ name }) => {
    try {
      await change.mutateAsync({ id: passkey.id, name });
      onClose();
    } catch (error) {
      showErrors(t, error, ['name'], setError);
    }
  });
  return (
    <Dialog open onOpenChange={onClose} title={t('factors.passkeyRename', { name: passkey.name })}>
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <Field label={t('factors.passkeyName')} error={errors.name?.message}>
          {(control) => (
            <input
              {...control}
              {...register('name', { required: t('field.required') })}
              maxLength={100}
              data-autofocus
              className="field"
              dir="auto"
            />
          )}
        </Field>
        <DialogButtons onClose={onClose} action={t('action.rename')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}
