import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AuditVerification } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { CopyField } from '../../ui/copy-field.js';
import { Dialog } from '../../ui/dialog.js';
import { Failure } from '../../ui/states.js';
import { verifyAudit } from './queries.js';

/** Counts the chain while it is open, and says whether it is whole. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [part, setPart] = useState(0);
  const [result, setResult] = useState<AuditVerification | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    verifyAudit(setPart, stop.signal).then(setResult, (failure: unknown) => {
      if (!stop.signal.aborted) setError(failure);
    });
    return () => stop.abort();
  }, [tries]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('audit.verifyTitle')}
      description={t('audit.verifyBody')}
    >
      {error !== null && (
        <Failure
          error={error}
          onRetry={() => {
            setError(null);
            setPart(0);
            setTries(tries + 1);
          }}
        />
      )}
      {error === null && !result && (
        <div className="py-4">
          <p className="mb-2 text-sm" role="status">
            {t('audit.verifying')}
          </p>
          <progress
            aria-label={t('audit.verifying')}
            value={part}
            className="h-2 w-full overflow-hidden rounded-full accent-accent"
          />
        </div>
      )}
      {result && <Result result={result} />}
    </Dialog>
  );
}

function Result({ result }: { result: AuditVerification }) {
  const t = useText();
  const Icon = result.valid ? ShieldCheck : ShieldAlert;
  return (
    <div className="space-y-4">
      <div
        role={result.valid ? 'status' : 'alert'}
        className={
          result.valid
            ? 'flex gap-3 rounded-xl border border-line bg-selected p-4'
            : 'flex gap-3 rounded-xl border border-line bg-danger-ground p-4'
        }
      >
        <Icon
          size={20}
          className={result.valid ? 'shrink-0 text-accent-text' : 'shrink-0 text-danger'}
          aria-hidden
        />
        <div className="min-w-0 text-sm">
          <p className="font-medium">{t(result.valid ? 'audit.valid' : 'audit.invalid')}</p>
          <p className="text-muted">
            {result.valid
              ? t('audit.validBody', { events: result.events })
              : t('audit.invalidBody', { seq: result.firstBroken ?? 0 })}
          </p>
          {!result.valid && result.problem && (
            <p className="mt-1 text-muted" lang="en" dir="ltr">
              {result.problem}
            </p>
          )}
        </div>
      </div>
      {result.valid && <CopyField label={t('audit.head')} value={result.headHash} shownLabel />}
    </div>
  );
}
