import { useQuery } from '@tanstack/react-query';
import { useText } from '../../messages/intl.js';
import { Loaded } from '../../ui/loaded.js';
import { Section } from '../../ui/section.js';
import { organizationFeaturesQuery, turnFeature } from './feature-queries.js';
import { useMay, useStaffChange } from './queries.js';
import { useStaffAttempt } from './refusals.js';
import type { OrganizationFeature } from './types.js';

/** The features that one organization has, each by name or by its place in the share. */
export function FeaturesSection({ organizationId }: { organizationId: string }) {
  const t = useText();
  const query = useQuery(organizationFeaturesQuery(organizationId));
  return (
    <Section title={t('staff.features')} hint={t('staff.features.ofOne')}>
      <Loaded query={query} rows={2}>
        {(features) => (
          <ul
            aria-label={t('staff.features')}
            className="border-t border-line [&>li:last-child]:border-b-0"
          >
            {features.map((feature) => (
              <Row key={feature.name} organizationId={organizationId} feature={feature} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

const choices = ['share', 'on', 'off'] as const;
const wanted = { share: null, on: true, off: false };

interface RowProps {
  organizationId: string;
  feature: OrganizationFeature;
}

function Row({ organizationId, feature: { name, isOn, isByName } }: RowProps) {
  const t = useText();
  const mayTurn = useMay('features:write');
  const attempt = useStaffAttempt();
  const turn = useStaffChange(turnFeature);
  const state = t(isOn ? 'staff.features.on' : 'staff.features.off');
  const words = t(`staff.feature.${name}`);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-sm font-medium">{words}</p>
        <p className="text-xs text-muted">{t(`staff.feature.${name}.says`)}</p>
      </div>
      <span className="text-sm">{state}</span>
      {mayTurn && (
        <select
          aria-label={t('staff.features.choose', { feature: words })}
          value={isByName ? (isOn ? 'on' : 'off') : 'share'}
          disabled={turn.isPending}
          onChange={({ currentTarget: { value } }) =>
            void attempt(() =>
              turn.mutateAsync({
                id: organizationId,
                name,
                isOn: wanted[value as keyof typeof wanted],
              }),
            )
          }
          className="field w-auto! max-w-full"
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {t(`staff.features.by.${choice}`)}
            </option>
          ))}
        </select>
      )}
    </li>
  );
}
