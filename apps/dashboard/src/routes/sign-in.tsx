import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { AuthPage, textLink } from '../features/auth/auth-page.js';
import { EnrolForm } from '../features/auth/enrol-form.js';
import { ownPath } from '../features/auth/next.js';
import { SecondFactorForm } from '../features/auth/second-factor-form.js';
import { SignInForm } from '../features/auth/sign-in-form.js';
import type { NextStep, SecondFactor } from '../features/auth/sign-in.js';
import { SsoForm } from '../features/auth/sso-form.js';
import type { MessageKey } from '../messages/catalog.js';
import { useText } from '../messages/intl.js';

type Step =
  | { step: 'password' }
  | (NextStep & { step: 'sso' })
  | (NextStep & { step: 'enrol' })
  | { step: 'recovery'; challenge: string }
  | (NextStep & { step: 'second'; method: SecondFactor });

/** The method that costs a person the least comes first. */
const preferred: SecondFactor[] = ['passkey', 'totp', 'recovery_code'];

const intros: Record<SecondFactor, MessageKey> = {
  totp: 'second.intro',
  recovery_code: 'second.introRecovery',
  passkey: 'second.introPasskey',
};

const ssoProblems: Record<string, MessageKey> = {
  'sso.not_configured': 'singleSignOn.unknown',
  'sso.refused': 'singleSignOn.refused',
  'sso.flow_expired': 'singleSignOn.expired',
  'sso.provider_unavailable': 'singleSignOn.unavailable',
  'sso.email_not_verified': 'singleSignOn.unproved',
  'sso.domain_not_verified': 'singleSignOn.unproved',
  'sso.deactivated': 'singleSignOn.noPlace',
  'sso.account_exists': 'singleSignOn.linkFirst',
  'sso.already_linked': 'singleSignOn.otherAccount',
  'sso.owner_not_linked': 'singleSignOn.linkFirst',
  'organization.suspended': 'error.suspended',
};

/** Where everybody starts, and where a session that ended leads back to. */
export function SignInRoute() {
  const t = useText();
  const navigate = useNavigate();
  const search = useSearch({ from: '/sign-in' });
  // The router hands on what it did not accept, too.
  const next = ownPath(search.next);
  const [step, setStep] = useState<Step>({ step: 'password' });
  const [email, setEmail] = useState('');
  const [expired, setExpired] = useState(false);

  const enter = () => void navigate({ href: next ?? '/' });
  const begin = () => setStep({ step: 'password' });
  const goOn = (found: NextStep, typed: string) => {
    setEmail(typed);
    setExpired(false);
    if (found.step === 'second') {
      const method = preferred.find((each) => found.methods.includes(each)) ?? 'totp';
      setStep({ ...found, method });
    } else setStep(found);
  };
  const back = (
    <button type="button" onClick={begin} className={textLink}>
      {t('signIn.back')}
    </button>
  );

  if (step.step === 'second') {
    return (
      <AuthPage title={t('second.title')} intro={t(intros[step.method])} footer={back}>
        <SecondFactorForm
          key={step.method}
          challenge={step.challenge}
          methods={step.methods}
          method={step.method}
          onMethod={(method) => setStep({ ...step, method })}
          onSignedIn={enter}
          onExpired={() => {
            setExpired(true);
            begin();
          }}
        />
      </AuthPage>
    );
  }
  if (step.step === 'enrol' || step.step === 'recovery') {
    const setUp = step.step === 'recovery';
    return (
      <AuthPage
        title={t(setUp ? 'recovery.title' : 'enrol.title')}
        intro={setUp ? undefined : t('enrol.intro')}
        footer={setUp ? undefined : back}
      >
        <EnrolForm
          challenge={step.challenge}
          onConfirmed={() => setStep({ step: 'recovery', challenge: step.challenge })}
          onSignedIn={enter}
        />
      </AuthPage>
    );
  }
  if (step.step === 'sso') {
    return (
      <AuthPage
        title={t('singleSignOn.title')}
        intro={t(step.required ? 'singleSignOn.required' : 'singleSignOn.intro')}
      >
        <SsoForm email={email} returnTo={next ?? '/'} onBack={begin} />
      </AuthPage>
    );
  }
  const problem = search.error && t(ssoProblems[search.error] ?? 'singleSignOn.failed');
  return (
    <AuthPage
      title={t('signIn.title')}
      intro={t('signIn.intro')}
      footer={
        <>
          {t('signIn.noAccount')}{' '}
          <Link to="/register" className={textLink}>
            {t('signIn.register')}
          </Link>
        </>
      }
    >
      <SignInForm
        notice={expired ? t('signIn.expired') : problem || undefined}
        onSignedIn={enter}
        onNext={goOn}
      />
    </AuthPage>
  );
}
