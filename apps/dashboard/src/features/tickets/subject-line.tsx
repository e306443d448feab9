import { Pencil } from 'lucide-react';
import { useRef, useState, type Ref } from 'react';
import { useText } from '../../messages/intl.js';
import { IconButton } from '../../ui/icon-button.js';

interface SubjectLineProps {
  subject: string;
  version: number;
  heading: Ref<HTMLHeadingElement>;
  /** Absent for whoever may not write. `seen` is the version that was looked at when the editing began. */
  onChange?: ((subject: string, seen: number) => void) | undefined;
}

/** What a ticket is about; written anew where it stands. */
export function SubjectLine({ subject, version, heading, onChange }: SubjectLineProps) {
  const t = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const seen = useRef(version);
  const button = useRef<HTMLButtonElement>(null);
  const done = (save: boolean) => {
    const next = typed?.trim();
    setTyped(null);
    if (save && next && next !== subject) onChange?.(next, seen.current);
    requestAnimationFrame(() => button.current?.focus());
  };
  if (typed !== null) {
    return (
      <input
        autoFocus
        value={typed}
        maxLength={500}
        dir="auto"
        aria-label={t('field.subject')}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => done(true)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done(true);
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            done(false);
          }
        }}
        className="field py-0.5! text-[16px]! font-semibold"
      />
    );
  }
  return (
    <div className="group/subject flex items-start gap-1">
      <h1
        ref={heading}
        tabIndex={-1}
        dir="auto"
        className="line-clamp-2 min-w-0 text-[16px] leading-6 font-semibold tracking-tight break-words outline-none"
      >
        {subject}
      </h1>
      {onChange && (
        <IconButton
          ref={button}
          label={t('subject.edit')}
          onClick={() => {
            seen.current = version;
            setTyped(subject);
          }}
          className="size-6! opacity-0 group-hover/subject:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
        >
          <Pencil size={13} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
