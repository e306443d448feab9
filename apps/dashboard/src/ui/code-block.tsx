import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../messages/intl.js';
import { Button } from './button.js';

interface CodeBlockProps {
  label: string;
  code: string;
  /** Further things to take along, each by a button that copies it. */
  copies?: { label: string; value: string }[];
}

/** Text of a program, which can be scrolled by the keyboard and taken along by a button. */
export function CodeBlock({ label, code, copies }: CodeBlockProps) {
  const t = useText();
  const offered = copies ?? [{ label: t('action.copy'), value: code }];
  return (
    <div>
      <pre
        role="region"
        aria-label={label}
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-lg bg-sunken p-3 font-mono text-2xs break-words whitespace-pre-wrap"
        dir="ltr"
      >
        {code}
      </pre>
      <div className="mt-2 flex flex-wrap gap-2">
        {offered.map((each) => (
          <CopyButton key={each.label} label={each.label} about={label} value={each.value} />
        ))}
      </div>
    </div>
  );
}

function CopyButton({ label, about, value }: { label: string; about: string; value: string }) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <>
      <Button onClick={() => void copy()} className="h-7! px-2! text-xs!">
        {copied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
        {label}
        <span className="sr-only">{about}</span>
      </Button>
      <span role="status" className="sr-only">
        {copied && t('action.copied')}
      </span>
    </>
  );
}

/** JSON as a person reads it; what is none stays as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
