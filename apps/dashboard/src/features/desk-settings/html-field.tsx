import { lazy, Suspense, useId, useState } from 'react';
import { withMessages } from '../../messages/with-messages.js';

const Editor = lazy(() =>
  withMessages(
    async () => ({ default: (await import('../composer/rich-editor.js')).RichEditor }),
    'ticket',
  ),
);

interface HtmlFieldProps {
  label: string;
  hint: string;
  html: string;
  error?: string | undefined;
  onChange: (html: string) => void;
}

const nothing = () => undefined;
const none = () => [];

/** Formatted words, in the editor that replies are written in. */
export function HtmlField({ label, hint, html, error, onChange }: HtmlFieldProps) {
  const id = useId();
  // What stands there at first is the editor's own from then on.
  const [first] = useState(html);
  return (
    <div>
      <p id={id} className="mb-1 text-sm font-medium">
        {label}
      </p>
      <div className="rounded-lg border border-line bg-surface pb-1 focus-within:border-accent">
        <Suspense fallback={<div className="skeleton m-2 h-24" />}>
          <Editor
            html={first}
            revision={0}
            label={label}
            hint={hint}
            editable
            cursor={null}
            handle={nothing}
            onChange={onChange}
            onFiles={nothing}
            onSend={nothing}
            onLeave={nothing}
            find={none}
            onSuggestion={nullOf}
          />
        </Suspense>
      </div>
      {error && (
        <p role="alert" className="mt-1 text-xs text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

const nullOf = () => null;

/** The words of a text with marks, for one line of a list. */
export function wordsOf(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '';
}
