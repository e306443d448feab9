import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Button } from '../../ui/button.js';
import { useCan } from '../auth/queries.js';
import { openPortal } from './queries.js';

/** The way to the pages of whoever takes the money, for who may change what is paid with. */
export function PortalButton() {
  const t = useText();
  const writes = useCan('billing:write');
  const attempt = useAttempt();
  const [leaving, setLeaving] = useState(false);
  if (!writes) return null;
  const leave = async () => {
    setLeaving(true);
    // The page is left when it works.
    if (!(await attempt(openPortal, { failed: t('billing.portalFailed') }))) setLeaving(false);
  };
  return (
    <Button disabled={leaving} onClick={() => void leave()}>
      {t('billing.portal')}
      <ExternalLink size={13} aria-hidden />
    </Button>
  );
}
