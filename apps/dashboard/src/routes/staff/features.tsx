import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { count } from '../../features/billing/format.js';
import { featuresQuery, shareFeature } from '../../features/staff/feature-queries.js';
import { useMay, useStaffChange } from '../../features/staff/queries.js';
import { useStaffAttempt } from '../../features/staff/refusals.js';
import type { SharedFeature } from '../../features/staff/types.js';
import { useIntl, useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Loaded } from '../../ui/loaded.js';
import { Page } from '../../ui/page.js';

/** What can be turned on and off, and for how many of all organizations. */
export function StaffFeaturesRoute() {
  const t = useText();
  const query = useQuery(featuresQuery);
  return (
    <Page title={t('staff.features')} intro={t('staff.features.intro')}>
      <Loaded query={query} rows={2}>
        {(features) => (
          <ul aria-label={t('staff.features')} className="border-t border-line">
            {features.map((feature) => (
              <Row key={feature.name} feature={feature} />
            ))}
          </ul>
        )}
      </Loaded>
    </Page>
  );
}

function Row({ feature }: { feature: SharedFeature }) {
  const { t, language } = useIntl();
  const mayShare = useMay('features:write');
  const { name, percentage, turnedOn, turnedOff } = feature;
  return (
    <li className="flex flex-wrap items-end gap-x-6 gap-y-3 border-b border-line py-4">
      <div className="min-w-0 flex-1 basis-60">
        <p className="text-sm font-medium">{t(`staff.feature.${name}`)}</p>
        <p className="text-xs text-muted">{t(`staff.feature.${name}.says`)}</p>
        <p className="mt-1 text-xs text-muted">
          {t('staff.features.byName', {
            on: count(turnedOn, language),
            off: count(turnedOff, language),
          })}
        </p>
      </div>
      {mayShare ? (
        <Share key={percentage} feature={feature} />
      ) : (
        <p className="text-sm tabular-nums">{t('staff.features.share', { share: percentage })}</p>
      )}
    </li>
  );
}

function Share({ feature: { name, percentage } }: { feature: SharedFeature }) {
  const t = useText();
  const attempt = useStaffAttempt();
  const share = useStaffChange(shareFeature);
  const [typed, setTyped] = useState(String(percentage));
  const wanted = Number(typed);
  const isShare = typed !== '' && Number.isInteger(wanted) && wanted >= 0 && wanted <= 100;
  const words = t(`staff.feature.${name}`);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(
      () => share.mutateAsync({ name, percentage: wanted }),
      t('staff.features.shared', { feature: words, share: wanted }),
    );
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2">
      <label className="block text-xs text-muted">
        {t('staff.features.percentage')}
        <input
          type="number"
          min={0}
          max={100}
          step={1}
          required
          aria-label={t('staff.features.percentageOf', { feature: words })}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          className="field mt-1 block w-24!"
          dir="ltr"
        />
      </label>
      <Button
        type="submit"
        disabled={!isShare || wanted === percentage || share.isPending}
        className="h-9"
      >
        {t('staff.save')}
        <span className="sr-only">{words}</span>
      </Button>
    </form>
  );
}
