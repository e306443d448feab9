import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { floating } from './menu.js';

interface PickerItem {
  id: string;
  label: string;
  hint?: string | undefined;
  icon?: ReactNode;
}

interface PickerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What is chosen from, for assistive technology and as the hint of the search. */
  label: string;
  empty: string;
  items: PickerItem[];
  value?: string | null;
  onPick: (id: string) => void;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  /** Keeps the focus from going back to the trigger, when what was chosen takes it elsewhere. */
  keepFocus?: boolean;
  children: ReactNode;
}

const row =
  'flex min-h-8 cursor-pointer items-center gap-2 rounded-lg px-2 py-1 text-sm select-none data-[selected=true]:bg-hover';

/** Chooses one of many by a few letters of its name. */
export function Picker(props: PickerProps) {
  const { open, onOpenChange, label, empty, items, value, onPick, children } = props;
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align={props.align ?? 'start'}
          side={props.side ?? 'bottom'}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onCloseAutoFocus={(event) => props.keepFocus && event.preventDefault()}
          className={`${floating} w-72`}
        >
          <Command label={label} loop {...(value && { defaultValue: value })}>
            <Command.Input
              placeholder={label}
              className="mb-1 h-8 w-full border-b border-line bg-transparent px-2 text-sm outline-none"
            />
            <Command.List label={label} className="max-h-64 overflow-y-auto">
              <Command.Empty className="px-2 py-3 text-center text-sm text-muted">
                {empty}
              </Command.Empty>
              {items.map(({ id, label: name, hint, icon }) => (
                <Command.Item
                  key={id}
                  value={id}
                  keywords={[name, hint ?? '']}
                  onSelect={() => {
                    onOpenChange(false);
                    onPick(id);
                  }}
                  className={row}
                >
                  {icon}
                  <span className="min-w-0 flex-1">
                    <bdi className="block truncate">{name}</bdi>
                    {hint && <bdi className="block truncate text-xs text-muted">{hint}</bdi>}
                  </span>
                  {value === id && <Check size={14} className="text-accent-text" aria-hidden />}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
