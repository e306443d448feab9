import { useForm } from 'react-hook-form';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { Field } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { FormError } from '../auth/auth-page.js';
import { showErrors } from '../auth/form-errors.js';
import { announce } from './member-queries.js';
import { useStaffChange } from './queries.js';
import type { NewAnnouncement } from './types.js';

const longestTitle = 200;
const longestText = 2_000;
const tones = ['info', 'warning'] as const satisfies NewAnnouncement['tone'][];

/** Tells the people of every organization something, in English and, if there are words for it, in Arabic. */
export function AnnounceDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const tell = useStaffChange(announce);
  const { register, handleSubmit, formState, setError, getValues } = useForm({
    defaultValues: {
      tone: 'info' as NewAnnouncement['tone'],
      title: '',
      text: '',
      arabicTitle: '',
      arabicText: '',
      startsAt: '',
      endsAt: '',
    },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ arabicTitle, arabicText, startsAt, endsAt, ...words }) => {
    try {
      await tell.mutateAsync({
        ...words,
        ...(arabicTitle.trim() && { arabic: { title: arabicTitle, text: arabicText } }),
        ...(startsAt && { startsAt: new Date(startsAt).toISOString() }),
        ...(endsAt && { endsAt: new Date(endsAt).toISOString() }),
      });
      notify({ tone: 'done', title: t('staff.announcements.made') });
      onClose();
    } catch (error) {
      showErrors(t, error, ['title', 'text', 'startsAt', 'endsAt'], setError);
    }
  });
  const needed = (value: string) => value.trim() !== '' || t('field.required');
  const both = (other: 'arabicTitle' | 'arabicText') => (value: string) =>
    value.trim() !== '' || getValues(other).trim() === '' || t('field.required');
  const fields = [
    { name: 'title', validate: needed, isLong: false },
    { name: 'text', validate: needed, isLong: true },
    { name: 'arabicTitle', validate: both('arabicText'), isLong: false },
    { name: 'arabicText', validate: both('arabicTitle'), isLong: true },
  ] as const;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('staff.announcements.make')}
      description={t('staff.announcements.makeBody')}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="space-y-4">
        <FormError message={errors.root?.message} />
        {fields.map(({ name, validate, isLong }) => (
          <Field
            key={name}
            label={t(`staff.announcements.field.${name}`)}
            error={errors[name]?.message}
            {...(name.startsWith('arabic') && { optional: t('field.optional') })}
          >
            {(control) => {
              const props = {
                ...control,
                ...register(name, { validate }),
                className: 'field',
                dir: name.startsWith('arabic') ? 'rtl' : 'auto',
              } as const;
              return isLong ? (
                <textarea {...props} rows={3} maxLength={longestText} />
              ) : (
                <input
                  {...props}
                  maxLength={longestTitle}
                  data-autofocus={name === 'title' || undefined}
                />
              );
            }}
          </Field>
        ))}
        <Field label={t('staff.announcements.tone')}>
          {(control) => (
            <select {...control} {...register('tone')} className="field">
              {tones.map((tone) => (
                <option key={tone} value={tone}>
                  {t(`staff.announcements.${tone}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          {(['startsAt', 'endsAt'] as const).map((name) => (
            <Field
              key={name}
              label={t(`staff.announcements.field.${name}`)}
              hint={t(`staff.announcements.${name}Hint`)}
              error={errors[name]?.message}
              optional={t('field.optional')}
            >
              {(control) => (
                <input {...control} {...register(name)} type="datetime-local" className="field" />
              )}
            </Field>
          ))}
        </div>
        <DialogButtons
          onClose={onClose}
          action={t('staff.announcements.tell')}
          busy={isSubmitting}
        />
      </form>
    </Dialog>
  );
}
