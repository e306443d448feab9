import { useForm } from 'react-hook-form';
import type { User } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Confirm } from '../../ui/confirm.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { RoleSelect } from '../roles/role-select.js';
import type { PersonAction } from './person-row.js';
import {
  changePerson,
  deactivatePerson,
  reactivatePerson,
  removePerson,
  resetFactors,
  usePeopleChange,
} from './queries.js';

interface PersonDialogProps {
  person: User;
  action: PersonAction;
  onClose: () => void;
}

/** Asks for what an action needs, or whether it is meant. */
export function PersonDialog(props: PersonDialogProps) {
  if (props.action === 'role') return <RoleDialog {...props} />;
  if (props.action === 'rename') return <RenameDialog {...props} />;
  return <Asked {...props} action={props.action} />;
}

function RoleDialog({ person, onClose }: PersonDialogProps) {
  const t = useText();
  const change = usePeopleChange(changePerson);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { role: person.role },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ role }) => {
    try {
      await change.mutateAsync({ id: person.id, role });
      notify({ tone: 'done', title: t('action.saved') });
      onClose();
    } catch (error) {
      showErrors(t, error, ['role'], setError);
    }
  });
  return (
    <Dialog open onOpenChange={onClose} title={t('people.roleOf', { name: person.name })}>
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <Field label={t('people.role')} error={errors.role?.message}>
          {(control) => <RoleSelect {...control} {...register('role')} data-autofocus />}
        </Field>
        <DialogButtons onClose={onClose} action={t('people.roleChange')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}

function RenameDialog({ person, onClose }: PersonDialogProps) {
  const t = useText();
  const change = usePeopleChange(changePerson);
  const { register, handleSubmit, formState, setError } = useForm({
    defaultValues: { name: person.name },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ name }) => {
    try {
      await change.mutateAsync({ id: person.id, name });
      notify({ tone: 'done', title: t('action.saved') });
      onClose();
    } catch (error) {
      showErrors(t, error, ['name'], setError);
    }
  });
  return (
    <Dialog open onOpenChange={onClose} title={t('people.rename')}>
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        <Field label={t('field.name')} error={errors.name?.message}>
          {(control) => (
            <input
              {...control}
              {...register('name', { required: t('field.required') })}
              maxLength={200}
              data-autofocus
              className="field"
              dir="auto"
            />
          )}
        </Field>
        <DialogButtons onClose={onClose} action={t('action.save')} busy={isSubmitting} />
      </form>
    </Dialog>
  );
}

type AskedAction = Exclude<PersonAction, 'role' | 'rename'>;

function Asked({ person, action, onClose }: PersonDialogProps & { action: AskedAction }) {
  const t = useText();
  const attempt = useAttempt();
  const { name } = person;
  const steps = {
    deactivate: usePeopleChange(deactivatePerson),
    reactivate: usePeopleChange(reactivatePerson),
    remove: usePeopleChange(removePerson),
    reset: usePeopleChange(resetFactors),
  };
  const words = {
    deactivate: {
      title: t('people.deactivateTitle', { name }),
      body: t('people.deactivateBody'),
      action: t('people.deactivate'),
      done: t('people.deactivated', { name }),
    },
    reactivate: {
      title: t('people.reactivateTitle', { name }),
      body: t('people.reactivateBody'),
      action: t('people.reactivate'),
      done: t('people.reactivated', { name }),
    },
    remove: {
      title: t('people.removeTitle', { name }),
      body: t('people.removeBody'),
      action: t('people.remove'),
      done: t('people.removed', { name }),
    },
    reset: {
      title: t('people.resetTitle', { name }),
      body: t('people.resetBody'),
      action: t('people.resetFactors'),
      done: t('people.reset', { name }),
    },
  }[action];
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      body={words.body}
      action={words.action}
      danger={action !== 'reactivate'}
      onConfirm={() =>
        void attempt(() => steps[action].mutateAsync(person.id), {
          done: words.done,
          failed: t('people.failed'),
        })
      }
    />
  );
}
