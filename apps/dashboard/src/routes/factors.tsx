import { useQuery } from '@tanstack/react-query';
import { factorsQuery } from '../features/account/queries.js';
import { AppSection, RecoverySection } from '../features/factors/app-section.js';
import { DevicesSection } from '../features/factors/devices-section.js';
import { PasskeysSection } from '../features/factors/passkeys-section.js';
import { useText } from '../messages/intl.js';
import { Loaded } from '../ui/loaded.js';
import { PageBody } from '../ui/page.js';

/** What proves that it is the person: app, recovery codes, passkeys, remembered devices. */
export function FactorsRoute() {
  const t = useText();
  const factors = useQuery(factorsQuery);
  return (
    <PageBody title={t('pages.signIn')} intro={t('factors.intro')}>
      <Loaded query={factors} rows={4}>
        {(found) => (
          <>
            <PasskeysSection />
            <AppSection on={found.totp} />
            {(found.totp || found.passkeys > 0) && (
              <RecoverySection left={found.recoveryCodesLeft} />
            )}
            <DevicesSection />
          </>
        )}
      </Loaded>
    </PageBody>
  );
}
