import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCan } from '../features/auth/queries.js';
import { ConnectionsSection } from '../features/sso/connections-section.js';
import { DomainsSection } from '../features/sso/domains-section.js';
import { enforcementQuery, releaseSso, requireSso, useSsoChange } from '../features/sso/queries.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { useAttempt } from '../ui/attempt.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/confirm.js';
import { PageBody } from '../ui/page.js';
import { Section } from '../ui/section.js';

/** The organization's own sign-in: connections, domains, and whether it is required. */
export function SsoRoute() {
  const t = useText();
  const writes = useCan('security:write');
  return (
    <PageBody title={t('pages.sso')} intro={t('ssoSettings.intro')}>
      <Allowed right="security:read">
        <ConnectionsSection writes={writes} />
        <DomainsSection writes={writes} />
        <EnforcementSection writes={writes} />
      </Allowed>
    </PageBody>
  );
}

function EnforcementSection({ writes }: { writes: boolean }) {
  const t = useText();
  const enforcement = useQuery(enforcementQuery).data;
  const attempt = useAttempt();
  const enforce = useSsoChange(requireSso);
  const release = useSsoChange(releaseSso);
  const [asking, setAsking] = useState(false);
  const failed = t('people.failed');
  if (!enforcement) return null;
  const { required, ready } = enforcement;
  return (
    <Section
      title={t('ssoSettings.enforcement')}
      hint={t('ssoSettings.enforcementHint')}
      actions={
        writes &&
        (required ? (
          <Button
            onClick={() =>
              void attempt(() => release.mutateAsync(undefined), {
                done: t('ssoSettings.released'),
                failed,
              })
            }
          >
            {t('ssoSettings.release')}
          </Button>
        ) : (
          <Button disabled={!ready} onClick={() => setAsking(true)}>
            {t('ssoSettings.enforce')}
          </Button>
        ))
      }
    >
      {required ? (
        <p className="text-xs text-muted">{t('policy.ssoOn')}</p>
      ) : (
        !ready && <p className="text-xs text-muted">{t('ssoSettings.enforcementNeeds')}</p>
      )}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('ssoSettings.enforceTitle')}
        body={t('ssoSettings.enforceBody')}
        action={t('ssoSettings.enforce')}
        onConfirm={() =>
          void attempt(() => enforce.mutateAsync(undefined), {
            done: t('ssoSettings.enforced'),
            failed,
          })
        }
      />
    </Section>
  );
}
