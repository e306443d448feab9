import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import type { OpenedMenu } from './menu-button.js';

/** The look of every floating list: menus, pickers. */
export const floating =
  'appear z-50 min-w-44 rounded-xl border border-line bg-raised p-1 text-sm shadow-float';

const item =
  'flex h-8 cursor-pointer items-center gap-2 rounded-lg px-2 outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-50';

interface MenuProps {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  className?: string;
}

/** A list of things to do, opened by its trigger. */
export function Menu({ trigger, children, align = 'start', className }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={clsx(floating, className)}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface OpenMenuProps extends OpenedMenu {
  label: string;
  align?: 'start' | 'end';
  className?: string;
  children: ReactNode;
}

/** The open menu of a `MenuButton`: it hangs on the button, which is no part of it. */
export function OpenMenu({ label, button, onClose, align, className, children }: OpenMenuProps) {
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span
          aria-hidden="true"
          tabIndex={-1}
          className="pointer-events-none absolute inset-0 -z-10"
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          aria-labelledby={undefined}
          align={align ?? 'start'}
          sideOffset={4}
          collisionPadding={8}
          // The button closes the menu by itself; closed by the press, it would open again by the click.
          onInteractOutside={(event) => {
            if (button?.contains(event.target as Node)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // A choice may have taken the focus elsewhere already.
            const { activeElement } = document;
            if (!activeElement || activeElement === document.body) button?.focus();
          }}
          className={clsx(floating, 'max-h-[80vh] overflow-y-auto', className)}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** One thing to do. */
export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item className={item} onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  );
}

interface ChoicesProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  choices: { value: T; label: string; icon?: ReactNode }[];
  label?: string;
}

/** A choice of one among a few. */
export function MenuChoices<T extends string>({
  value,
  onChange,
  choices,
  label,
}: ChoicesProps<T>) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
      {label && (
        <DropdownMenu.Label className="px-2 pt-2 pb-1 text-2xs font-medium text-subtle">
          {label}
        </DropdownMenu.Label>
      )}
      {choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={item}>
          {choice.icon}
          <span className="flex-1">{choice.label}</span>
          <DropdownMenu.ItemIndicator>
            <Check size={14} className="text-accent-text" aria-hidden />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

/** A line between two groups of a menu. */
export function MenuLine() {
  return <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />;
}
