import { linkify } from '../features/tickets/mail-text.js';

/** Text from outside, shown as nothing but text; its addresses can be followed. */
export function PlainText({ text }: { text: string }) {
  return (
    <p className="prose-mail text-base">
      {linkify(text).map((part, index) =>
        part.href ? (
          <a
            key={index}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="text-accent-text underline decoration-from-font underline-offset-2"
          >
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </p>
  );
}
