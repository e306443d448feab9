import { Link, useSearch } from '@tanstack/react-router';
import { BellOff } from 'lucide-react';
import { useState } from 'react';
import { AuthPage, FormError, textLink } from '../features/auth/auth-page.js';
import { GoneLink, isGone } from '../features/auth/linked.js';
import { Told } from '../features/auth/told.js';
import { unsubscribe, type Unsubscribed } from '../features/notifications/preferences.js';
import { errorText } from '../messages/error-text.js';
import { useText } from '../messages/intl.js';
import { Button } from '../ui/button.js';

/** Where the foot of a mail leads. A click ends such mails: mail scanners follow links by themselves. */
export function UnsubscribeRoute() {
  const t = useText();
  const { token } = useSearch({ from: '/unsubscribe' });
  const [state, setState] = useState<'asked' | 'busy' | 'gone' | Unsubscribed>('asked');
  const [problem, setProblem] = useState<string>();
  const end = async () => {
    setState('busy');
    try {
      setState(await unsubscribe(token));
    } catch (error) {
      if (isGone(error)) return setState('gone');
      setProblem(errorText(t, error));
      setState('asked');
    }
  };
  if (state === 'gone') return <GoneLink again="/sign-in" />;
  if (typeof state === 'object') {
    return (
      <AuthPage title={t('unsubscribe.done')}>
        <Told icon={BellOff}>
          <p>{t('unsubscribe.doneBody', { organization: state.organization })}</p>
          <ul>
            {state.reasons.map((reason) => (
              <li key={reason}>{t(`preferences.${reason}`)}</li>
            ))}
          </ul>
          <p>
            <Link to="/settings/notifications" className={textLink}>
              {t('unsubscribe.settings')}
            </Link>
          </p>
        </Told>
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t('unsubscribe.title')} intro={t('unsubscribe.intro')}>
      <div className="space-y-4">
        <FormError message={problem} />
        <Button
          variant="primary"
          disabled={state === 'busy'}
          onClick={() => void end()}
          className="h-9 w-full"
        >
          {t('unsubscribe.submit')}
        </Button>
      </div>
    </AuthPage>
  );
}
