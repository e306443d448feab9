import type { UseQueryResult } from '@tanstack/react-query';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Loaded } from '../../ui/loaded.js';
import { Section } from '../../ui/section.js';
import type { BillingProfile } from './types.js';

interface ProfileSectionProps {
  query: UseQueryResult<BillingProfile | null>;
  onEdit: (() => void) | undefined;
}

/** Whom invoices are made out to. */
export function ProfileSection({ query, onEdit }: ProfileSectionProps) {
  const t = useText();
  return (
    <Section
      title={t('billing.profile')}
      hint={t('billing.profileHint')}
      actions={
        onEdit &&
        query.isSuccess && (
          <Button onClick={onEdit}>
            {t(query.data ? 'billing.profileEdit' : 'billing.profileSay')}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={1}>
        {(profile) =>
          profile ? (
            <address className="text-sm break-words whitespace-pre-line not-italic" dir="auto">
              {profile.name}
              {'\n'}
              {profile.address}
              {profile.taxId && `\n${t('billing.taxIdIs', { taxId: profile.taxId })}`}
            </address>
          ) : (
            <p className="text-sm text-warn">{t('billing.profileNone')}</p>
          )
        }
      </Loaded>
    </Section>
  );
}
