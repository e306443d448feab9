import { Download, File, FileText, Image } from 'lucide-react';
import { useIntl } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import type { Attachment } from '../tickets/ticket-types.js';
import { inlineOf, linkTo, useLinks } from './attachment-links.js';
import { isPicture, sizeText } from './files.js';

function iconOf(mediaType: string) {
  if (mediaType.startsWith('image/')) return Image;
  return /pdf|text|word|document/.test(mediaType) ? FileText : File;
}

/** The files of a message: pictures shown small, all of them a click away from being saved. */
export function AttachmentList({ attachments }: { attachments: Attachment[] }) {
  const { t, language } = useIntl();
  const attempt = useAttempt();
  const listed = attachments.filter(({ inline }) => !inline);
  const pictures = listed.filter(({ mediaType }) => isPicture(mediaType)).slice(0, 4);
  const links = useLinks(pictures.map(({ id }) => id));
  if (listed.length === 0) return null;
  const save = (id: string) =>
    attempt(
      async () => {
        const link = document.createElement('a');
        link.href = await linkTo(id);
        link.rel = 'noopener';
        link.click();
      },
      { failed: t('attachment.failed') },
    );
  return (
    <ul
      aria-label={t('attachment.list', { count: listed.length })}
      className="mt-3 flex flex-wrap gap-2"
    >
      {listed.map(({ id, name, mediaType, size }) => {
        const Icon = iconOf(mediaType);
        const preview = links.get(id);
        return (
          <li key={id} className="max-w-full">
            <button
              type="button"
              onClick={() => void save(id)}
              aria-label={t('attachment.save', { name })}
              className="group flex max-w-full items-center gap-2 rounded-lg border border-line bg-surface p-1.5 pe-2.5 text-start text-xs hover:bg-hover"
            >
              {preview ? (
                <img
                  src={inlineOf(preview)}
                  alt=""
                  className="size-8 rounded object-cover"
                  loading="lazy"
                />
              ) : (
                <span className="flex size-8 items-center justify-center rounded bg-sunken text-muted">
                  <Icon size={16} aria-hidden />
                </span>
              )}
              <span className="min-w-0">
                <bdi className="block max-w-48 truncate font-medium">{name}</bdi>
                <span className="text-muted">{sizeText(size, language)}</span>
              </span>
              <Download size={14} className="ms-1 text-subtle group-hover:text-text" aria-hidden />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
