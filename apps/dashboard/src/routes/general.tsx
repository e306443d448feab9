import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { Organization } from '../api/types.js';
import { FormError } from '../features/auth/auth-page.js';
import { showErrors } from '../features/auth/form-errors.js';
import { useCan } from '../features/auth/queries.js';
import { ArchivesSection } from '../features/organization/archives-section.js';
import {
  changeOrganization,
  organizationQuery,
  useOrganizationChange,
} from '../features/organization/queries.js';
import { languages, type Language } from '../messages/catalog.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { fieldSkeleton, Loaded } from '../ui/loaded.js';
import { notify } from '../ui/notices.js';
import { PageBody } from '../ui/page.js';

const fields = ['name', 'slug', 'timeZone', 'locale'] as const;
const zones = Intl.supportedValuesOf('timeZone');

/** What the organization is called and where it is. */
export function GeneralRoute() {
  const t = useText();
  const organization = useQuery(organizationQuery);
  const exports = useCan('organization:export');
  return (
    <PageBody title={t('pages.general')} intro={t('general.intro')}>
      <Allowed right="organization:read">
        <Loaded query={organization} rows={4} skeleton={fieldSkeleton}>
          {(found) => (
            <>
              <GeneralForm organization={found} />
              {exports && (
                <div className="mt-8">
                  <ArchivesSection />
                </div>
              )}
            </>
          )}
        </Loaded>
      </Allowed>
    </PageBody>
  );
}

function GeneralForm({ organization }: { organization: Organization }) {
  const t = useText();
  const writes = useCan('organization:write');
  const change = useOrganizationChange(changeOrganization);
  const { name, slug, timeZone, locale } = organization;
  const { register, handleSubmit, formState, setError } = useForm({
    values: { name, slug, timeZone, locale },
  });
  const { errors, isSubmitting, isDirty, dirtyFields } = formState;
  const submit = handleSubmit(async (values) => {
    const changed = Object.fromEntries(
      fields.filter((field) => dirtyFields[field]).map((field) => [field, values[field]]),
    );
    try {
      await change.mutateAsync(changed);
      notify({ tone: 'done', title: t('action.saved') });
    } catch (error) {
      showErrors(t, error, fields, setError);
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="max-w-110 space-y-4">
      <FormError message={errors.root?.message} />
      <fieldset disabled={!writes} className="space-y-4">
        <Field label={t('general.name')} error={errors.name?.message}>
          {(control) => (
            <input
              {...control}
              {...register('name', { required: t('field.required') })}
              maxLength={200}
              autoComplete="organization"
              className="field"
              dir="auto"
            />
          )}
        </Field>
        <Field label={t('general.slug')} hint={t('general.slugHint')} error={errors.slug?.message}>
          {(control) => (
            <input
              {...control}
              {...register('slug', { required: t('field.required') })}
              maxLength={60}
              autoCapitalize="off"
              spellCheck={false}
              className="field font-mono"
              dir="ltr"
            />
          )}
        </Field>
        <Field
          label={t('general.timeZone')}
          hint={t('general.timeZoneHint')}
          error={errors.timeZone?.message}
        >
          {(control) => (
            <select {...control} {...register('timeZone')} className="field" dir="ltr">
              {(zones.includes(timeZone) ? zones : [timeZone, ...zones]).map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll('_', ' ')}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field
          label={t('general.locale')}
          hint={t('general.localeHint')}
          error={errors.locale?.message}
        >
          {(control) => (
            <select {...control} {...register('locale')} className="field">
              {(Object.keys(languages) as Language[]).map((language) => (
                <option key={language} value={language}>
                  {languages[language].name}
                </option>
              ))}
            </select>
          )}
        </Field>
      </fieldset>
      {writes && (
        <Button type="submit" variant="primary" disabled={isSubmitting || !isDirty}>
          {isSubmitting ? t('action.saving') : t('action.save')}
        </Button>
      )}
    </form>
  );
}
