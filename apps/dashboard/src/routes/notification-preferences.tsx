import { useQuery } from '@tanstack/react-query';
import { useForm, type UseFormRegister } from 'react-hook-form';
import { FormError } from '../features/auth/auth-page.js';
import { useCan } from '../features/auth/queries.js';
import { showErrors } from '../features/auth/form-errors.js';
import {
  mailings,
  preferencesQuery,
  usePreferencesChange,
  type Choice,
  type NotificationPreferences,
} from '../features/notifications/preferences.js';
import { organizationQuery } from '../features/organization/queries.js';
import { languages, type Language } from '../messages/catalog.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { fieldSkeleton, Loaded } from '../ui/loaded.js';
import { notify } from '../ui/notices.js';
import { PageBody } from '../ui/page.js';
import { Section } from '../ui/section.js';

const zones = Intl.supportedValuesOf('timeZone');
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** What the person is told of, where, and when their digest comes. */
export function NotificationPreferencesRoute() {
  const t = useText();
  const query = useQuery(preferencesQuery);
  return (
    <PageBody title={t('notifications.title')} intro={t('preferences.intro')}>
      <Allowed right="tickets:read">
        <Loaded query={query} rows={5} skeleton={fieldSkeleton}>
          {(found) => <Preferences preferences={found} />}
        </Loaded>
      </Allowed>
    </PageBody>
  );
}

/** As a form holds it: what is the organization's is an empty choice. */
interface Wanted {
  reasons: Choice[];
  every: 'hourly' | 'daily';
  hour: number;
  timeZone: string;
  locale: Language | '';
}

const wantedOf = ({ reasons, digest, timeZone, locale }: NotificationPreferences): Wanted => ({
  ...{ reasons, ...digest },
  ...{ timeZone: timeZone ?? '', locale: locale ?? '' },
});

function Preferences({ preferences }: { preferences: NotificationPreferences }) {
  const t = useText();
  const change = usePreferencesChange();
  const form = useForm<Wanted>({ values: wantedOf(preferences) });
  const { register, handleSubmit, formState, setError, watch } = form;
  const { errors, isSubmitting, isDirty } = formState;
  const submit = handleSubmit(async ({ reasons, every, hour, timeZone, locale }) => {
    try {
      await change.mutateAsync({
        ...{ reasons, digest: { every, hour: Number(hour) } },
        ...{ timeZone: timeZone || null, locale: locale || null },
      });
      notify({ tone: 'done', title: t('action.saved') });
    } catch (error) {
      showErrors(t, error, ['timeZone', 'locale'], setError);
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <FormError message={errors.root?.message} />
      <Section title={t('preferences.what')}>
        <ul className="divide-y divide-line rounded-xl border border-line">
          {preferences.reasons.map(({ reason }, index) => (
            <ReasonRow key={reason} reason={reason} index={index} register={register} />
          ))}
        </ul>
      </Section>
      <Section title={t('preferences.digest')} hint={t('preferences.digestHint')}>
        <div className="grid max-w-140 gap-4 sm:grid-cols-2">
          <Field label={t('preferences.every')}>
            {(control) => (
              <select {...control} {...register('every')} className="field">
                <option value="daily">{t('preferences.daily')}</option>
                <option value="hourly">{t('preferences.hourly')}</option>
              </select>
            )}
          </Field>
          {watch('every') === 'daily' && <HourField register={register} />}
          <ZoneField register={register} error={errors.timeZone?.message} />
          <Field label={t('preferences.locale')} error={errors.locale?.message}>
            {(control) => (
              <select {...control} {...register('locale')} className="field">
                <option value="">{t('preferences.organizations')}</option>
                {(Object.keys(languages) as Language[]).map((language) => (
                  <option key={language} value={language}>
                    {languages[language].name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      </Section>
      <Button type="submit" variant="primary" disabled={isSubmitting || !isDirty}>
        {isSubmitting ? t('action.saving') : t('action.save')}
      </Button>
    </form>
  );
}

interface ReasonRowProps {
  reason: Choice['reason'];
  index: number;
  register: UseFormRegister<Wanted>;
}

function ReasonRow({ reason, index, register }: ReasonRowProps) {
  const t = useText();
  const name = t(`preferences.${reason}`);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="text-sm font-medium">{name}</p>
        <p className="text-xs text-muted">{t(`preferences.${reason}Hint`)}</p>
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            {...register(`reasons.${index}.inApp`)}
            aria-label={t('preferences.inAppOf', { name })}
            className="size-4 accent-accent"
          />
          {t('preferences.inApp')}
        </label>
        <label className="flex items-center gap-2 text-sm">
          {t('preferences.mail')}
          <select
            {...register(`reasons.${index}.mail`)}
            aria-label={t('preferences.mailOf', { name })}
            className="field w-auto!"
          >
            {mailings.map((mail) => (
              <option key={mail} value={mail}>
                {t(`preferences.mail.${mail}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </li>
  );
}

function HourField({ register }: Pick<ReasonRowProps, 'register'>) {
  const t = useText();
  return (
    <Field label={t('preferences.hour')}>
      {(control) => (
        <select {...control} {...register('hour')} className="field" dir="ltr">
          {hours.map((hour) => (
            <option key={hour} value={hour}>
              {`${String(hour).padStart(2, '0')}:00`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function ZoneField({
  register,
  error,
}: Pick<ReasonRowProps, 'register'> & { error: string | undefined }) {
  const t = useText();
  const reads = useCan('organization:read');
  const organization = useQuery({ ...organizationQuery, enabled: reads }).data;
  const { timeZone: here } = Intl.DateTimeFormat().resolvedOptions();
  const sorted = [here, ...zones.filter((zone) => zone !== here)];
  return (
    <Field label={t('preferences.timeZone')} error={error}>
      {(control) => (
        <select {...control} {...register('timeZone')} className="field">
          <option value="">
            {organization
              ? t('preferences.organizationsZone', {
                  zone: organization.timeZone.replaceAll('_', ' '),
                })
              : t('preferences.organizations')}
          </option>
          {sorted.map((zone) => (
            <option key={zone} value={zone} dir="ltr">
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
