import { Plus, X } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { IconButton } from '../../ui/icon-button.js';
import type { FieldOption } from './types.js';

type Option = FieldOption | Omit<FieldOption, 'id'>;

interface OptionsEditorProps {
  options: Option[];
  error?: string | undefined;
  onChange: (options: Option[]) => void;
}

/** What a choosing field offers. One that is taken away keeps its name where it was chosen. */
export function OptionsEditor({ options, error, onChange }: OptionsEditorProps) {
  const t = useText();
  const shown = options.filter(({ isArchived }) => !isArchived);
  const put = (at: number, name: string) =>
    onChange(shown.map((option, each) => (each === at ? { ...option, name } : option)));
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t('fields.options')}</legend>
      <ul className="space-y-2">
        {shown.map((option, at) => (
          // Their order is all that tells new ones apart.
          <li key={'id' in option ? option.id : `new-${at}`} className="flex gap-1">
            <input
              value={option.name}
              aria-label={t('fields.option', { number: at + 1 })}
              onChange={({ target }) => put(at, target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                onChange([...shown, { name: '' }]);
              }}
              maxLength={100}
              autoFocus={option.name === '' && at > 0}
              dir="auto"
              className="field min-w-0 flex-1"
            />
            <IconButton
              label={t('fields.removeOption', { name: option.name || String(at + 1) })}
              onClick={() => onChange(shown.filter((_, each) => each !== at))}
            >
              <X size={15} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button className="mt-2" onClick={() => onChange([...shown, { name: '' }])}>
        <Plus size={14} aria-hidden />
        {t('fields.addOption')}
      </Button>
      {error && (
        <p role="alert" className="mt-1 text-xs text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
