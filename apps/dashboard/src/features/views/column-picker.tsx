import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import { IconButton } from '../../ui/icon-button.js';
import { columns as all, labelOf } from '../columns/columns.js';
import { fieldsQuery } from '../desk/queries.js';

interface ColumnPickerProps {
  columns: string[];
  onChange: (columns: string[]) => void;
}

/** Which columns a list has, and in which order. */
export function ColumnPicker({ columns, onChange }: ColumnPickerProps) {
  const t = useText();
  const { data: fields = [] } = useQuery(fieldsQuery);
  const nameOf = (column: string) => {
    const label = labelOf(column);
    return label
      ? t(label)
      : (fields.find(({ key }) => `fields.${key}` === column)?.name ?? column);
  };
  const move = (at: number, by: number) => {
    const next = [...columns];
    const [column] = next.splice(at, 1);
    next.splice(at + by, 0, column!);
    onChange(next);
  };
  const left = [...Object.keys(all), ...fields.map(({ key }) => `fields.${key}`)].filter(
    (column) => !columns.includes(column),
  );
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{t('queue.columns')}</legend>
      <ol className="flex flex-col gap-1 sm:grid sm:grid-cols-2">
        {columns.map((column, at) => (
          <li key={column} className="flex h-9 items-center rounded-lg bg-sunken ps-2.5 text-sm">
            <bdi className="min-w-0 flex-1 truncate">{nameOf(column)}</bdi>
            <IconButton
              label={t('viewEditor.earlier', { column: nameOf(column) })}
              disabled={at === 0}
              onClick={() => move(at, -1)}
              className="disabled:opacity-40"
            >
              <ArrowUp size={13} aria-hidden />
            </IconButton>
            <IconButton
              label={t('viewEditor.later', { column: nameOf(column) })}
              disabled={at === columns.length - 1}
              onClick={() => move(at, 1)}
              className="disabled:opacity-40"
            >
              <ArrowDown size={13} aria-hidden />
            </IconButton>
            <IconButton
              label={t('viewEditor.dropColumn', { column: nameOf(column) })}
              disabled={columns.length === 1}
              onClick={() => onChange(columns.filter((each) => each !== column))}
              className="disabled:opacity-40"
            >
              <X size={13} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      {left.length > 0 && columns.length < 20 && (
        <select
          aria-label={t('viewEditor.addColumn')}
          value=""
          onChange={({ target }) => onChange([...columns, target.value])}
          className="field mt-2 w-auto!"
        >
          <option value="" disabled>
            {t('viewEditor.addColumn')}
          </option>
          {left.map((column) => (
            <option key={column} value={column}>
              {nameOf(column)}
            </option>
          ))}
        </select>
      )}
    </fieldset>
  );
}
