import { ActList } from '../../features/staff/act-list.js';
import { useText } from '../../messages/intl.js';
import { Page } from '../../ui/page.js';

/** The log of what the staff did. */
export function StaffActsRoute() {
  const t = useText();
  return (
    <Page title={t('staff.acts')} intro={t('staff.acts.intro')}>
      <ActList />
    </Page>
  );
}
