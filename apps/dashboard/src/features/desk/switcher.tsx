import { useQuery } from '@tanstack/react-query';
import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { OwnOrganization } from '../../api/types.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { Loaded } from '../../ui/loaded.js';
import { openOrganization, organizationsQuery, switchTo } from '../account/queries.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { useSignOut } from '../auth/queries.js';
import { nextStep } from '../auth/sign-in.js';
import { useRoleName } from '../people/role-name.js';
import { showDialog } from './dialogs.js';

/** The organizations of the person, to move to one or to open a further one. */
export default function Switcher() {
  const t = useText();
  const [creating, setCreating] = useState(false);
  const close = () => showDialog(null);
  return creating ? (
    <Dialog
      open
      onOpenChange={close}
      title={t('switcher.createTitle')}
      description={t('switcher.createBody')}
    >
      <CreateForm onClose={close} />
    </Dialog>
  ) : (
    <Dialog open onOpenChange={close} title={t('switcher.title')}>
      <Organizations onCreate={() => setCreating(true)} />
    </Dialog>
  );
}

/** As many as are seen at once; more are found by their name. */
const fewEnough = 8;

function Organizations({ onCreate }: { onCreate: () => void }) {
  const t = useText();
  const roleName = useRoleName();
  const signOut = useSignOut();
  const organizations = useQuery(organizationsQuery);
  const [words, setWords] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const go = async (organization: OwnOrganization) => {
    setBusy(true);
    try {
      await switchTo(organization.id);
      // The page is starting anew: the list stays as it is until then.
    } catch (error) {
      setBusy(false);
      // It asks for more than this sign-in has shown; only a new one can show it.
      if (nextStep(error)) {
        setProblem(t('switcher.askedMore', { organization: organization.name }));
      } else setProblem(errorText(t, error));
    }
  };
  return (
    <Loaded query={organizations} rows={3}>
      {(all) => {
        const wanted = words.trim().toLocaleLowerCase();
        const found = all.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
        return (
          <div className="space-y-3">
            {problem && (
              <div className="space-y-2">
                <FormError message={problem} />
                <Button onClick={() => void signOut()}>{t('action.signOut')}</Button>
              </div>
            )}
            {all.length > fewEnough && (
              <input
                type="search"
                aria-label={t('switcher.search')}
                placeholder={t('switcher.search')}
                value={words}
                onChange={(event) => setWords(event.currentTarget.value)}
                data-autofocus
                className="field"
                dir="auto"
              />
            )}
            <ul aria-label={t('switcher.title')} className="-mx-2">
              {found.map((each) => (
                <li key={each.id}>
                  <button
                    type="button"
                    disabled={each.current || busy}
                    aria-label={
                      each.current ? undefined : t('switcher.to', { organization: each.name })
                    }
                    onClick={() => void go(each)}
                    className="flex min-h-12 w-full items-center gap-3 rounded-lg px-2 text-start enabled:hover:bg-hover"
                  >
                    <Building2
                      size={18}
                      strokeWidth={1.5}
                      className="shrink-0 text-subtle"
                      aria-hidden
                    />
                    <span className="min-w-0 flex-1">
                      <bdi className="block truncate text-sm font-medium">{each.name}</bdi>
                      <span className="block truncate text-xs text-muted">
                        {roleName(each.role, each.roleName)}
                      </span>
                    </span>
                    {each.current && <Badge tone="good">{t('switcher.current')}</Badge>}
                  </button>
                </li>
              ))}
            </ul>
            {found.length === 0 && (
              <p role="status" className="text-sm text-muted">
                {t('switcher.none')}
              </p>
            )}
            <Button onClick={onCreate}>
              <Plus size={14} aria-hidden />
              {t('switcher.create')}
            </Button>
          </div>
        );
      }}
    </Loaded>
  );
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const t = useText();
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { name: '' } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ name }) => {
    try {
      await openOrganization(name);
    } catch (error) {
      showErrors(t, error, ['name'], setError);
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
      <FormError message={errors.root?.message} />
      <Field label={t('switcher.name')} error={errors.name?.message}>
        {(control) => (
          <input
            {...control}
            {...register('name', { required: t('field.required') })}
            maxLength={200}
            autoComplete="organization"
            data-autofocus
            className="field"
            dir="auto"
          />
        )}
      </Field>
      <DialogButtons onClose={onClose} action={t('switcher.create')} busy={isSubmitting} />
    </form>
  );
}
