import { useState } from 'react';
import type { TotpSetup } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { notify } from '../../ui/notices.js';
import { Section } from '../../ui/section.js';
import { ProofDialog } from '../account/proof-dialog.js';
import {
  beginTotp,
  confirmTotp,
  newRecoveryCodes,
  removeTotp,
  useAccountChange,
} from '../account/queries.js';
import { RecoveryCodes } from './recovery-codes.js';
import { TotpSetupForm } from './totp-setup.js';

type Step =
  | { step: 'proof' }
  | { step: 'setup'; setup: TotpSetup }
  | { step: 'codes'; codes: string[] }
  | { step: 'removal' };

/** The authenticator app: set up in three steps, turned off in one. */
export function AppSection({ on }: { on: boolean }) {
  const t = useText();
  const [step, setStep] = useState<Step | null>(null);
  const confirm = useAccountChange(confirmTotp);
  const remove = useAccountChange(removeTotp);
  const close = () => setStep(null);
  return (
    <Section
      title={t('factors.app')}
      hint={t(on ? 'factors.appOn' : 'factors.appOff')}
      actions={
        <>
          <Badge tone={on ? 'good' : 'plain'}>{t(on ? 'factors.on' : 'factors.off')}</Badge>
          {on ? (
            <Button onClick={() => setStep({ step: 'removal' })}>{t('factors.turnOff')}</Button>
          ) : (
            <Button onClick={() => setStep({ step: 'proof' })}>{t('factors.setUp')}</Button>
          )}
        </>
      }
    >
      {step?.step === 'proof' && (
        <ProofDialog
          title={t('factors.setUpTitle')}
          body={t('factors.confirmFirst')}
          action={t('second.submit')}
          onProof={async (proof) => setStep({ step: 'setup', setup: await beginTotp(proof) })}
          onClose={close}
        />
      )}
      {step?.step === 'setup' && (
        <Dialog open onOpenChange={close} title={t('factors.setUpTitle')}>
          <TotpSetupForm
            setup={step.setup}
            onConfirm={async (code) => {
              const { recoveryCodes } = await confirm.mutateAsync(code);
              if (recoveryCodes.length > 0) setStep({ step: 'codes', codes: recoveryCodes });
              else close();
            }}
          />
        </Dialog>
      )}
      {step?.step === 'codes' && <CodesDialog codes={step.codes} onClose={close} />}
      {step?.step === 'removal' && (
        <ProofDialog
          title={t('factors.turnOffTitle')}
          body={t('factors.turnOffBody')}
          action={t('factors.turnOff')}
          danger
          onProof={async (proof) => {
            await remove.mutateAsync(proof);
            notify({ tone: 'done', title: t('factors.turnedOff') });
            close();
          }}
          onClose={close}
        />
      )}
    </Section>
  );
}

/** How many recovery codes are left, and new ones. */
export function RecoverySection({ left }: { left: number }) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  const renew = useAccountChange(newRecoveryCodes);
  return (
    <Section
      title={t('factors.recovery')}
      hint={t('factors.recoveryLeft', { count: left })}
      actions={<Button onClick={() => setAsking(true)}>{t('factors.recoveryNew')}</Button>}
    >
      {asking && (
        <ProofDialog
          title={t('factors.recoveryTitle')}
          body={t('factors.recoveryBody')}
          action={t('factors.recoveryNew')}
          onProof={async (proof) => {
            const { recoveryCodes } = await renew.mutateAsync(proof);
            setAsking(false);
            setCodes(recoveryCodes);
          }}
          onClose={() => setAsking(false)}
        />
      )}
      {codes && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </Section>
  );
}

/** The codes in a window of their own. */
export function CodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const t = useText();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('recovery.title')}
      description={t('recovery.intro')}
    >
      <RecoveryCodes codes={codes} onKept={onClose} />
    </Dialog>
  );
}
