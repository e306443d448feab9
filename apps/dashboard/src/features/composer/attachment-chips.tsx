import { CircleAlert, Paperclip, X } from 'lucide-react';
import { errorText } from '../../messages/error-text.js';
import { useIntl } from '../../messages/intl.js';
import { isPlanRefusal } from '../../ui/refusals.js';
import { FormError } from '../auth/auth-page.js';
import { sizeText } from '../conversation/files.js';
import type { Attachment } from '../tickets/ticket-types.js';
import type { Upload } from './uploads.js';

interface AttachmentChipsProps {
  attached: Attachment[];
  uploads: Upload[];
  onRemove: (id: string) => void;
  onDrop: (key: number) => void;
}

const chip =
  'relative flex h-8 max-w-full items-center gap-2 overflow-hidden rounded-lg border border-line bg-surface ps-2 text-xs';
const remove = 'flex size-8 shrink-0 items-center justify-center text-subtle hover:text-text';

/** The files that will go with the message, and those that are still on their way up. */
export function AttachmentChips({ attached, uploads, onRemove, onDrop }: AttachmentChipsProps) {
  const { t, language } = useIntl();
  if (attached.length + uploads.length === 0) return null;
  const refused = uploads.find(({ error }) => isPlanRefusal(error));
  return (
    <>
      <ul
        aria-label={t('attachment.list', { count: attached.length + uploads.length })}
        className="flex flex-wrap gap-1.5 px-3 pb-2"
      >
        {attached.map(({ id, name, size }) => (
          <li key={id} className={chip}>
            <Paperclip size={13} className="text-muted" aria-hidden />
            <bdi className="max-w-48 truncate">{name}</bdi>
            <span className="text-muted">{sizeText(size, language)}</span>
            <button
              type="button"
              aria-label={t('attachment.remove', { name })}
              onClick={() => onRemove(id)}
              className={remove}
            >
              <X size={13} aria-hidden />
            </button>
          </li>
        ))}
        {uploads.map(({ key, name, progress, error }) => (
          <li key={key} className={chip}>
            {error ? (
              <CircleAlert size={13} className="shrink-0 text-danger" aria-hidden />
            ) : (
              <Paperclip size={13} className="shrink-0 text-muted" aria-hidden />
            )}
            <bdi className="max-w-40 truncate">{name}</bdi>
            {error ? (
              <span role="alert" className="truncate text-danger">
                {isPlanRefusal(error) ? t('attachment.noRoom') : errorText(t, error)}
              </span>
            ) : (
              <span className="text-muted tabular-nums">
                {new Intl.NumberFormat(language, { style: 'percent' }).format(progress)}
              </span>
            )}
            {!error && (
              <progress
                aria-label={t('attachment.uploading', { name })}
                value={progress}
                className="absolute inset-x-0 bottom-0 h-0.5 w-full appearance-none accent-accent"
              />
            )}
            <button
              type="button"
              aria-label={t('attachment.remove', { name })}
              onClick={() => onDrop(key)}
              className={remove}
            >
              <X size={13} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {refused && (
        <div className="px-3 pb-2">
          <FormError message={errorText(t, refused.error)} error={refused.error} />
        </div>
      )}
    </>
  );
}
