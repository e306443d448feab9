import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { useText } from '../../messages/intl.js';

interface RecipientsFieldProps {
  label: string;
  people: string[];
  onChange: (people: string[]) => void;
  autoFocus?: boolean;
}

const mail = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;
const most = 20;

/** Addresses, each a chip that can be taken away; Enter, a comma or leaving the field adds what was typed. */
export function RecipientsField({ label, people, onChange, autoFocus }: RecipientsFieldProps) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const add = (text: string) => {
    const found = text.split(/[\s,;<>]+/).filter(Boolean);
    const good = found.filter((each) => mail.test(each)).map((each) => each.toLowerCase());
    const bad = found.filter((each) => !mail.test(each));
    if (good.length > 0) onChange([...new Set([...people, ...good])].slice(0, most));
    setTyped(bad.join(' '));
    setWrong(bad.length > 0);
  };
  return (
    <div className="flex items-start gap-2 px-3 py-0.5 text-sm">
      <label htmlFor={id} className="w-8 shrink-0 pt-1 text-xs text-muted">
        {label}
      </label>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1">
        {people.map((person) => (
          <span
            key={person}
            className="flex h-6 max-w-full items-center gap-0.5 rounded-full border border-line bg-sunken ps-2 text-xs"
          >
            <bdi className="truncate">{person}</bdi>
            <button
              type="button"
              aria-label={t('recipients.remove', { person })}
              onClick={() => onChange(people.filter((each) => each !== person))}
              className="flex size-6 items-center justify-center rounded-full text-subtle hover:text-text"
            >
              <X size={11} aria-hidden />
            </button>
          </span>
        ))}
        <input
          id={id}
          autoFocus={autoFocus}
          value={typed}
          dir="ltr"
          inputMode="email"
          autoComplete="off"
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-error` : undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            setWrong(false);
          }}
          onPaste={(event) => {
            event.preventDefault();
            add(`${typed} ${event.clipboardData.getData('text')}`);
          }}
          onBlur={() => add(typed)}
          onKeyDown={(event) => {
            if (['Enter', ',', ';'].includes(event.key) && !event.ctrlKey && !event.metaKey) {
              event.preventDefault();
              add(typed);
            }
            if (event.key === 'Backspace' && typed === '') onChange(people.slice(0, -1));
          }}
          className="h-6 min-w-32 flex-1 rounded bg-transparent text-sm outline-none"
        />
        {wrong && (
          <p id={`${id}-error`} role="alert" className="w-full text-xs text-danger">
            {t('recipients.wrong')}
          </p>
        )}
      </div>
    </div>
  );
}
