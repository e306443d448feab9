import { useNavigate, useSearch } from '@tanstack/react-router';
import { AuthPage } from '../features/auth/auth-page.js';
import { Linked } from '../features/auth/linked.js';
import { NewPasswordForm } from '../features/auth/new-password-form.js';
import { completeRegistration, readRegistration } from '../features/auth/sign-in.js';
import { useText } from '../messages/intl.js';

/** Where the mail of a registration leads: a password, and the desk is open. */
export function RegisterCompleteRoute() {
  const t = useText();
  const navigate = useNavigate();
  const { token } = useSearch({ from: '/registration' });
  return (
    <Linked
      kind="registration"
      token={token}
      title={t('complete.title')}
      read={readRegistration}
      again="/register"
    >
      {({ email }, gone) => (
        <AuthPage title={t('complete.title')} intro={t('complete.intro', { email })}>
          <NewPasswordForm
            email={email}
            label={t('field.password')}
            submit={t('complete.submit')}
            pending={t('complete.pending')}
            onGone={gone}
            onSubmit={async (password) => {
              await completeRegistration(token, password);
              await navigate({ to: '/' });
            }}
          />
        </AuthPage>
      )}
    </Linked>
  );
}
