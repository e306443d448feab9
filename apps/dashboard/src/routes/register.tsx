import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AuthPage, textLink } from '../features/auth/auth-page.js';
import { RegisterForm } from '../features/auth/register-form.js';
import { SentMail } from '../features/auth/sent-mail.js';
import { useText } from '../messages/intl.js';

/** A new organization: asked for here, opened by the link in the mail. */
export function RegisterRoute() {
  const t = useText();
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo) {
    return (
      <AuthPage title={t('register.sent.title')}>
        <SentMail words={t('register.sent.body', { email: sentTo })} />
        <p className="mt-6 text-sm">
          <button type="button" onClick={() => setSentTo(null)} className={textLink}>
            {t('register.sent.again')}
          </button>
        </p>
      </AuthPage>
    );
  }
  return (
    <AuthPage
      title={t('register.title')}
      intro={t('register.intro')}
      footer={
        <>
          {t('register.haveAccount')}{' '}
          <Link to="/sign-in" search={{}} className={textLink}>
            {t('register.signIn')}
          </Link>
        </>
      }
    >
      <RegisterForm onSent={setSentTo} />
    </AuthPage>
  );
}
