import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../messages/intl.js';

interface TagEditorProps {
  tags: string[];
  onChange: ((tags: string[]) => void) | undefined;
}

const chip = 'flex h-6 items-center gap-1 rounded-full border border-line px-2 text-xs';

/** The tags of a ticket; without `onChange` they can only be read. */
export function TagEditor({ tags, onChange }: TagEditorProps) {
  const t = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const add = () => {
    const tag = typed?.trim().toLowerCase();
    setTyped(null);
    if (tag && !tags.includes(tag)) onChange?.([...tags, tag]);
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {tags.length === 0 && !onChange && (
        <span className="text-sm text-muted">{t('tags.none')}</span>
      )}
      {tags.map((tag) => (
        <span key={tag} className={chip}>
          <bdi>{tag}</bdi>
          {onChange && (
            <button
              type="button"
              aria-label={t('tags.remove', { tag })}
              onClick={() => onChange(tags.filter((each) => each !== tag))}
              className="-me-1.5 flex size-6 items-center justify-center rounded-full text-subtle hover:text-text"
            >
              <X size={11} aria-hidden />
            </button>
          )}
        </span>
      ))}
      {onChange &&
        (typed === null ? (
          <button
            type="button"
            aria-label={t('tags.add')}
            onClick={() => setTyped('')}
            className={`${chip} border-dashed border-edge text-muted hover:text-text`}
          >
            <Plus size={12} aria-hidden />
            {t('tags.addShort')}
          </button>
        ) : (
          <input
            autoFocus
            value={typed}
            maxLength={50}
            aria-label={t('tags.add')}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key === 'Enter') add();
              if (event.key === 'Escape') {
                event.preventDefault();
                event.stopPropagation();
                setTyped(null);
              }
            }}
            className="field !w-28 !rounded-full !px-2.5 !py-0.5 text-xs"
          />
        ))}
    </div>
  );
}
