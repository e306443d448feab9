import { ImageOff } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import type { Attachment } from '../tickets/ticket-types.js';
import { inlineOf, useLinks } from './attachment-links.js';
import { hasRemoteImages, picturesInside, prepareMail } from './mail-html.js';

const borders = 2;
const shortest = 24;

/** The looks of what has none. Always on white: a letter names colours that count on it. */
const looks = `
  html { color-scheme: light; }
  body { margin: 0; padding: 12px; overflow-wrap: anywhere; overflow-x: auto; overflow-y: hidden;
    font: 14px/22px ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', Arial, sans-serif;
    color: #1b2322; background: #fff; }
  img { max-width: 100%; }
  img:not([src]) { display: inline-block; min-width: 16px; min-height: 16px; border: 1px dashed #98a19f; }
  a { color: #006454; }
  blockquote { margin: 8px 0; padding-inline-start: 12px; border-inline-start: 2px solid #d5dbd9; }
  pre { white-space: pre-wrap; }
`;

interface MailFrameProps {
  html: string;
  attachments: Attachment[];
  title: string;
}

/** The pictures that came with the mail, by their content ids. */
function picturesOf(attachments: Attachment[], links: ReadonlyMap<string, string>) {
  return new Map(
    attachments.flatMap(({ id, contentId }) => {
      const url = links.get(id);
      return url && contentId ? [[contentId, inlineOf(url)] as const] : [];
    }),
  );
}

/**
 * Mail with looks of its own, in a frame that is walled off: `/message.html` comes with a policy that runs no script and
 * loads no picture of the web until the reader asks (then as `?images`), and the sandbox says the same once more.
 * `allow-same-origin` lets this page put the letter in and measure its height; it would be dangerous together with
 * `allow-scripts` alone, since a script could then take the sandbox away: here none can run, of the letter or of
 * anybody. Links may open tabs, which are no longer sandboxed and know nothing of the desk (`noopener`); a `javascript:`
 * address was taken out twice, and the policy would not run it.
 */
export function MailFrame({ html, attachments, title }: MailFrameProps) {
  const t = useText();
  const [images, setImages] = useState(false);
  const frame = useRef<HTMLIFrameElement>(null);
  const mail = useMemo(
    () => ({ remote: hasRemoteImages(html), inside: picturesInside(html) }),
    [html],
  );
  const wanted = attachments.filter(
    ({ contentId }) => contentId !== null && mail.inside.includes(contentId),
  );
  const links = useLinks(wanted.map(({ id }) => id));
  /** Grows when the page of the frame has come: before that, an empty one stands in its place. */
  const [loads, setLoads] = useState(0);

  useEffect(() => {
    const element = frame.current;
    const inner = element?.contentDocument;
    const Parser = (element?.contentWindow as (Window & typeof globalThis) | null)?.DOMParser;
    if (!element || !inner || !Parser || inner.location.pathname !== '/message.html') return;
    // Read under the frame's own policy, into a document that runs and loads nothing yet.
    const { body } = new Parser().parseFromString(html, 'text/html');
    prepareMail(body, picturesOf(attachments, links), images);
    const style = inner.createElement('style');
    style.textContent = looks;
    inner.head.replaceChildren(style);
    inner.body.dir = 'auto';
    inner.body.replaceChildren(...[...body.childNodes].map((node) => inner.adoptNode(node)));
    const measure = () => {
      const height = Math.ceil(inner.body.getBoundingClientRect().height);
      element.style.height = `${Math.max(height + borders, shortest)}px`;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(inner.body);
    // The keys of the desk work also while the focus is in the letter.
    const pass = (event: KeyboardEvent) => {
      const copy = new KeyboardEvent('keydown', event);
      if (!window.dispatchEvent(copy)) event.preventDefault();
    };
    inner.addEventListener('keydown', pass);
    return () => {
      observer.disconnect();
      inner.removeEventListener('keydown', pass);
    };
  }, [html, attachments, links, images, loads]);

  return (
    <div>
      {mail.remote && !images && (
        <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-sunken px-3 py-1.5 text-xs text-muted">
          <ImageOff size={14} aria-hidden />
          <span className="flex-1 basis-40">{t('mail.imagesOff')}</span>
          <Button
            variant="ghost"
            className="h-7! text-accent-text!"
            onClick={() => setImages(true)}
          >
            {t('mail.showImages')}
          </Button>
        </p>
      )}
      <iframe
        key={String(images)}
        ref={frame}
        title={title}
        src={images ? '/message.html?images' : '/message.html'}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        onLoad={() => setLoads((before) => before + 1)}
        className="block h-24 w-full rounded-lg border border-line bg-white"
      />
    </div>
  );
}
