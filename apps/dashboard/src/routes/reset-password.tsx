import { Link, useSearch } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { forget } from '../api/session.js';
import { AuthPage, textLink } from '../features/auth/auth-page.js';
import { Linked } from '../features/auth/linked.js';
import { NewPasswordForm } from '../features/auth/new-password-form.js';
import { completeReset, readReset } from '../features/auth/sign-in.js';
import { Told } from '../features/auth/told.js';
import { useText } from '../messages/intl.js';

/** Where the mail of a forgotten password leads. */
export function ResetPasswordRoute() {
  const t = useText();
  const { token } = useSearch({ from: '/password-reset' });
  const [done, setDone] = useState(false);
  if (done) {
    return (
      <AuthPage title={t('reset.done.title')}>
        <Told icon={CircleCheck}>
          <p>{t('reset.done.body')}</p>
          <p>
            <Link to="/sign-in" search={{}} className={textLink}>
              {t('signIn.title')}
            </Link>
          </p>
        </Told>
      </AuthPage>
    );
  }
  return (
    <Linked
      kind="reset"
      token={token}
      title={t('reset.title')}
      read={readReset}
      again="/forgot-password"
    >
      {({ email }, gone) => (
        <AuthPage title={t('reset.title')} intro={t('reset.intro', { email })}>
          <NewPasswordForm
            email={email}
            label={t('password.new')}
            submit={t('reset.submit')}
            pending={t('action.saving')}
            onGone={gone}
            onSubmit={async (password) => {
              await completeReset(token, password);
              forget();
              setDone(true);
            }}
          />
        </AuthPage>
      )}
    </Linked>
  );
}
