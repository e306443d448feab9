import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../messages/intl.js';
import { Button } from './button.js';

interface CopyFieldProps {
  label: string;
  value: string;
  /** Shown above the value, rather than told to assistive technology alone. */
  shownLabel?: boolean;
}

/** Something to be pasted elsewhere: selected with one click, copied with another. */
export function CopyField({ label, value, shownLabel = false }: CopyFieldProps) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <div>
      {shownLabel && (
        <p aria-hidden="true" className="mb-1 text-xs font-medium text-muted">
          {label}
        </p>
      )}
      <div className="flex items-center gap-2">
        <input
          readOnly
          value={value}
          aria-label={label}
          onFocus={(event) => event.currentTarget.select()}
          className="field min-w-0 font-mono text-xs"
          dir="ltr"
        />
        <Button onClick={() => void copy()} className="h-9">
          {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          <span role="status">{copied ? t('action.copied') : t('action.copy')}</span>
          <span className="sr-only">{label}</span>
        </Button>
      </div>
    </div>
  );
}
