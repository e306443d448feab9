import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ApiError } from '../../api/error.js';
import type { SsoConnection, SsoDomain } from '../../api/types.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { CopyField } from '../../ui/copy-field.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { IconButton } from '../../ui/icon-button.js';
import { Loaded } from '../../ui/loaded.js';
import { notify } from '../../ui/notices.js';
import { Section } from '../../ui/section.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import {
  addDomain,
  connectionsQuery,
  domainsQuery,
  removeDomain,
  useSsoChange,
  verifyDomain,
} from './queries.js';

/** The domains whose addresses lead to a connection, each proved by a record in its zone. */
export function DomainsSection({ writes }: { writes: boolean }) {
  const t = useText();
  const domains = useQuery(domainsQuery);
  const connections = useQuery(connectionsQuery).data ?? [];
  const attempt = useAttempt();
  const remove = useSsoChange(removeDomain);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<SsoDomain | null>(null);
  return (
    <Section
      title={t('ssoSettings.domains')}
      hint={t('ssoSettings.domainsHint')}
      actions={
        writes && (
          <Button disabled={connections.length === 0} onClick={() => setAdding(true)}>
            <Plus size={14} aria-hidden />
            {t('ssoSettings.domainAdd')}
          </Button>
        )
      }
    >
      <Loaded query={domains} rows={1}>
        {(found) =>
          found.length === 0 ? (
            <p className="text-xs text-muted">{t('ssoSettings.domainsEmpty')}</p>
          ) : (
            <ul aria-label={t('ssoSettings.domains')} className="border-t border-line">
              {found.map((each) => (
                <Row
                  key={each.id}
                  domain={each}
                  connection={connections.find(({ id }) => id === each.connectionId)}
                  onRemove={writes ? () => setRemoving(each) : undefined}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {adding && <AddDialog connections={connections} onClose={() => setAdding(false)} />}
      <Confirm
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={t('ssoSettings.domainRemoveTitle', { domain: removing?.domain ?? '' })}
        body={t('ssoSettings.domainRemoveBody')}
        action={t('action.remove')}
        onConfirm={() =>
          removing &&
          void attempt(() => remove.mutateAsync(removing.id), { failed: t('people.failed') })
        }
      />
    </Section>
  );
}

interface RowProps {
  domain: SsoDomain;
  connection: SsoConnection | undefined;
  onRemove: (() => void) | undefined;
}

function Row({ domain, connection, onRemove }: RowProps) {
  const t = useText();
  const verify = useSsoChange(verifyDomain);
  const verified = domain.verifiedAt !== null;
  const look = async () => {
    try {
      await verify.mutateAsync(domain.id);
      notify({ tone: 'done', title: t('ssoSettings.verifiedNow', { domain: domain.domain }) });
    } catch (error) {
      notify({
        tone: 'failed',
        title: t('ssoSettings.notVerified'),
        detail:
          error instanceof ApiError && error.code === 'sso.domain_not_proved'
            ? t('ssoSettings.notVerifiedBody')
            : errorText(t, error),
      });
    }
  };
  return (
    <li className="border-b border-line py-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 flex-1 basis-48">
          <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
            <bdi dir="ltr" className="truncate">
              {domain.domain}
            </bdi>
            <Badge tone={verified ? 'good' : 'warn'}>
              {t(verified ? 'ssoSettings.verified' : 'ssoSettings.pending')}
            </Badge>
          </p>
          {connection && (
            <p className="truncate text-xs text-muted">
              <bdi>{connection.name}</bdi>
            </p>
          )}
        </div>
        {onRemove && (
          <>
            {!verified && (
              <Button
                aria-label={t('ssoSettings.verifyNamed', { domain: domain.domain })}
                disabled={verify.isPending}
                onClick={() => void look()}
              >
                {t(verify.isPending ? 'ssoSettings.verifying' : 'ssoSettings.verify')}
              </Button>
            )}
            <IconButton
              label={t('ssoSettings.domainRemove', { domain: domain.domain })}
              onClick={onRemove}
            >
              <Trash2 size={15} aria-hidden />
            </IconButton>
          </>
        )}
      </div>
      {!verified && (
        <div className="mt-2 space-y-2">
          <p className="text-xs text-muted">{t('ssoSettings.txt', { domain: domain.domain })}</p>
          <div className="grid gap-2 sm:grid-cols-2">
            <CopyField label={t('ssoSettings.txtName')} value={domain.txtName} shownLabel />
            <CopyField label={t('ssoSettings.txtValue')} value={domain.txtValue} shownLabel />
          </div>
        </div>
      )}
    </li>
  );
}

interface AddDialogProps {
  connections: SsoConnection[];
  onClose: () => void;
}

function AddDialog({ connections, onClose }: AddDialogProps) {
  const t = useText();
  const add = useSsoChange(addDomain);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { domain: '', connectionId: connections[0]?.id ?? '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await add.mutateAsync(values);
      onClose();
    } catch (error) {
      showErrors(t, error, ['domain', 'connectionId'], setError);
    }
  });
  return (
    <Dialog open onOpenChange={onClose} title={t('ssoSettings.domainAdd')}>
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <Field label={t('ssoSettings.domain')} error={errors.domain?.message}>
          {(control) => (
            <input
              {...control}
              {...register('domain', { required: t('field.required') })}
              placeholder="example.com"
              autoCapitalize="off"
              spellCheck={false}
              data-autofocus
              className="field"
              dir="ltr"
            />
          )}
        </Field>
        <Field label={t('ssoSettings.domainConnection')} error={errors.connectionId?.message}>
          {(control) => (
            <select {...control} {...register('connectionId')} className="field">
              {connections.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <DialogButtons onClose={onClose} action={t('ssoSettings.domainAdd')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}
