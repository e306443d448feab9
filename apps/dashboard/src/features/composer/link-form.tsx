import { useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';

interface LinkFormProps {
  address: string;
  /** Null leaves everything as it is; an empty address takes the link away. */
  onDone: (address: string | null) => void;
}

const known = /^(https?:\/\/|mailto:|tel:)/i;

/** Asks where a link leads. */
export function LinkForm({ address, onDone }: LinkFormProps) {
  const t = useText();
  const [typed, setTyped] = useState(address);
  const done = () => {
    const wanted = typed.trim();
    if (wanted === '' || known.test(wanted)) onDone(wanted);
    else onDone(wanted.includes('@') ? `mailto:${wanted}` : `https://${wanted}`);
  };
  return (
    <div className="mx-2 mb-1 flex items-center gap-2 rounded-lg border border-line bg-raised p-1.5">
      <input
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            done();
          }
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            onDone(null);
          }
        }}
        aria-label={t('editor.address')}
        placeholder="https://"
        dir="ltr"
        className="field min-w-0 flex-1 py-1! text-sm"
      />
      <Button onClick={done}>{t('editor.setLink')}</Button>
    </div>
  );
}
