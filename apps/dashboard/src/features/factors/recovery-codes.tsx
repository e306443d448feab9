import { Check, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { saveFile } from '../../ui/save-file.js';

/** The codes, this once, with the ways to keep them. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  const text = `${codes.join('\n')}\n`;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className="space-y-4">
      <ul
        aria-label={t('recovery.list')}
        className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-lg border border-line bg-sunken px-4 py-3 font-mono text-sm select-text"
        dir="ltr"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void copy()}>
          {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          <span role="status">{copied ? t('action.copied') : t('action.copy')}</span>
        </Button>
        <Button
          onClick={() =>
            saveFile(new Blob([text], { type: 'text/plain' }), 'manydesk-recovery-codes.txt')
          }
        >
          <Download size={14} aria-hidden />
          {t('recovery.download')}
        </Button>
      </div>
      <Button variant="primary" onClick={onKept} className="h-9 w-full">
        {t('recovery.kept')}
      </Button>
    </div>
  );
}
