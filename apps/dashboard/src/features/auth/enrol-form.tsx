import { useQuery } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '../../api/error.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Loaded } from '../../ui/loaded.js';
import { RecoveryCodes } from '../factors/recovery-codes.js';
import { TotpSetupForm } from '../factors/totp-setup.js';
import { FormError } from './auth-page.js';
import { makePasskey, passkeysExist } from './passkeys.js';
import { beginEnrolment, confirmEnrolment, enrolPasskey, passkeyEnrolment } from './sign-in.js';

interface Enrolled {
  recoveryCodes: string[];
  enter: () => void;
}

interface EnrolProps {
  challenge: string;
  /** The app is set up: its codes are shown, and the title changes with them. */
  onConfirmed: () => void;
  onSignedIn: () => void;
}

/** The second factor that the organization asks for, set up on the way in. */
export function EnrolForm({ challenge, onConfirmed, onSignedIn }: EnrolProps) {
  const t = useText();
  const [done, setDone] = useState<Enrolled | null>(null);
  const [problem, setProblem] = useState<string>();
  const setup = useQuery({
    queryKey: ['enrolment', challenge],
    queryFn: () => beginEnrolment(challenge),
    staleTime: Infinity,
    gcTime: 0,
  });
  const settle = (confirmed: Enrolled) => {
    if (confirmed.recoveryCodes.length === 0) {
      confirmed.enter();
      onSignedIn();
    } else {
      setDone(confirmed);
      onConfirmed();
    }
  };
  const usePasskey = async () => {
    setProblem(undefined);
    try {
      const response = await makePasskey(await passkeyEnrolment(challenge));
      settle(await enrolPasskey({ challenge, name: t('factors.passkeyFirst'), response }));
    } catch (error) {
      setProblem(error instanceof ApiError ? errorText(t, error) : t('factors.passkeyCancelled'));
    }
  };
  if (done) {
    return (
      <>
        <p className="mb-4 text-sm text-muted">{t('recovery.intro')}</p>
        <RecoveryCodes
          codes={done.recoveryCodes}
          onKept={() => {
            done.enter();
            onSignedIn();
          }}
        />
      </>
    );
  }
  return (
    <Loaded
      query={setup}
      rows={1}
      skeleton={() => <div className="skeleton mx-auto size-44 rounded-lg" />}
    >
      {(found) => (
        <div className="space-y-4">
          <FormError message={problem} />
          <TotpSetupForm
            setup={found}
            onConfirm={async (code) => settle(await confirmEnrolment({ challenge, code }))}
          />
          {passkeysExist && (
            <Button onClick={() => void usePasskey()} className="h-9 w-full">
              <Fingerprint size={15} aria-hidden />
              {t('enrol.passkey')}
            </Button>
          )}
        </div>
      )}
    </Loaded>
  );
}
