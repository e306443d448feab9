import { ArrowDown, ArrowUp, Archive, Pencil, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useText } from '../../messages/intl.js';
import { useAttempt } from '../../ui/attempt.js';
import { Confirm } from '../../ui/confirm.js';
import { IconButton } from '../../ui/icon-button.js';
import type { Setting } from './types.js';

interface SettingRowsProps<T extends Setting> {
  label: string;
  items: T[];
  /** What stands behind the name. */
  badges?: (item: T) => ReactNode;
  /** What stands below it. */
  about: (item: T) => ReactNode;
  writes: (item: T) => boolean;
  onEdit: (item: T) => void;
  /** Further buttons. */
  more?: (item: T) => ReactNode;
  /** Changes the order, where there is one. */
  onMove?: (from: number, to: number) => void;
  /** Whether it goes for good, or is kept for what has it. */
  removal: 'archive' | 'delete';
  /** Which ones have to stay. */
  stays?: (item: T) => boolean;
  onRemove: (item: T) => Promise<unknown>;
}

/** The things of one kind that are set up, each with what can be done about it. */
export function SettingRows<T extends Setting>(props: SettingRowsProps<T>) {
  const t = useText();
  const attempt = useAttempt();
  const { items, removal } = props;
  const [removing, setRemoving] = useState<T | null>(null);
  const name = removing?.name ?? '';
  return (
    <>
      <ul aria-label={props.label} className="border-t border-line">
        {items.map((item, at) => (
          <li key={item.id} className="flex min-h-14 items-center gap-1 border-b border-line py-2">
            <div className="me-1 min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
                <bdi className="break-words">{item.name}</bdi>
                {props.badges?.(item)}
              </p>
              <div className="text-xs text-muted">{props.about(item)}</div>
            </div>
            {props.writes(item) && (
              <div className="flex shrink-0 flex-wrap justify-end max-sm:max-w-26">
                {props.onMove && items.length > 1 && (
                  <>
                    <IconButton
                      label={t('deskSettings.up', { name: item.name })}
                      disabled={at === 0}
                      className="disabled:opacity-35"
                      onClick={() => props.onMove?.(at, at - 1)}
                    >
                      <ArrowUp size={15} aria-hidden />
                    </IconButton>
                    <IconButton
                      label={t('deskSettings.down', { name: item.name })}
                      disabled={at === items.length - 1}
                      className="disabled:opacity-35"
                      onClick={() => props.onMove?.(at, at + 1)}
                    >
                      <ArrowDown size={15} aria-hidden />
                    </IconButton>
                  </>
                )}
                {props.more?.(item)}
                <IconButton
                  label={t('deskSettings.edit', { name: item.name })}
                  onClick={() => props.onEdit(item)}
                >
                  <Pencil size={15} aria-hidden />
                </IconButton>
                {!props.stays?.(item) && (
                  <IconButton
                    label={t(`deskSettings.${removal}`, { name: item.name })}
                    onClick={() => setRemoving(item)}
                  >
                    {removal === 'archive' ? (
                      <Archive size={15} aria-hidden />
                    ) : (
                      <Trash2 size={15} aria-hidden />
                    )}
                  </IconButton>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      <Confirm
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={t(`deskSettings.${removal}Title`, { name })}
        body={t(`deskSettings.${removal}Body`)}
        action={t(`deskSettings.${removal}Action`)}
        onConfirm={() =>
          removing &&
          void attempt(() => props.onRemove(removing), { failed: t('deskSettings.failed') })
        }
      />
    </>
  );
}
