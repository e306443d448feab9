import { Suspense, useRef, useState, type ReactNode, type Ref } from 'react';

/** What a menu that is fetched when it is opened gets from its button. */
export interface OpenedMenu {
  /** Has the focus again afterwards. */
  button: HTMLElement | null;
  onClose: () => void;
}

interface TriggerProps {
  ref: Ref<HTMLButtonElement>;
  'aria-haspopup': 'menu';
  'aria-expanded': boolean;
  onClick: () => void;
}

interface MenuButtonProps {
  /** The menu itself, usually lazy: it is on the screen only while it is open. */
  menu: (opened: OpenedMenu) => ReactNode;
  className?: string;
  children: (trigger: TriggerProps) => ReactNode;
}

/** A button whose menu is not fetched before somebody wants it. */
export function MenuButton({ menu, className, children }: MenuButtonProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <span className={`relative flex ${className ?? ''}`}>
      {children({
        ref: button,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        onClick: () => setOpen(!open),
      })}
      <Suspense fallback={null}>
        {open && menu({ button: button.current, onClose: () => setOpen(false) })}
      </Suspense>
    </span>
  );
}
