import { Link, useSearch } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { AuthPage, FormError, textLink } from '../features/auth/auth-page.js';
import { GoneLink, isGone } from '../features/auth/linked.js';
import { completeEmailChange } from '../features/auth/sign-in.js';
import { Told } from '../features/auth/told.js';
import { errorText } from '../messages/error-text.js';
import { useText } from '../messages/intl.js';
import { Button } from '../ui/button.js';

/** Where the mail to a new address leads. A click confirms: mail scanners follow links by themselves. */
export function ConfirmEmailRoute() {
  const t = useText();
  const { token } = useSearch({ from: '/email-change' });
  const [state, setState] = useState<'asked' | 'busy' | 'done' | 'gone'>('asked');
  const [problem, setProblem] = useState<string>();
  const confirm = async () => {
    setState('busy');
    try {
      await completeEmailChange(token);
      setState('done');
    } catch (error) {
      if (isGone(error)) return setState('gone');
      setProblem(errorText(t, error));
      setState('asked');
    }
  };
  if (state === 'gone') return <GoneLink again="/sign-in" />;
  if (state === 'done') {
    return (
      <AuthPage title={t('confirmEmail.done.title')}>
        <Told icon={CircleCheck}>
          <p>{t('confirmEmail.done.body')}</p>
          <p>
            <Link to="/" className={textLink}>
              {t('state.lost.home')}
            </Link>
          </p>
        </Told>
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t('confirmEmail.title')} intro={t('confirmEmail.intro')}>
      <div className="space-y-4">
        <FormError message={problem} />
        <Button
          variant="primary"
          disabled={state === 'busy'}
          onClick={() => void confirm()}
          className="h-9 w-full"
        >
          {t('confirmEmail.submit')}
        </Button>
      </div>
    </AuthPage>
  );
}
