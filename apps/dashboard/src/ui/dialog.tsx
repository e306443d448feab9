import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useText } from '../messages/intl.js';
import { useFocusReturn } from './focus-return.js';
import { IconButton } from './icon-button.js';

/** What lies between a window and the page. */
export const overlay = 'appear fixed inset-0 z-40 bg-scrim';

const shapes = {
  card: 'appear-up inset-x-4 top-[8vh] mx-auto max-h-[84vh] max-w-lg rounded-xl',
  wide: 'appear-up inset-x-4 top-[8vh] mx-auto max-h-[84vh] max-w-2xl rounded-xl',
  sheet: 'appear inset-y-0 end-0 w-[min(20rem,88vw)]',
  drawer: 'appear inset-y-0 start-0 w-[min(16rem,84vw)]',
};

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string | undefined;
  shape?: keyof typeof shapes;
  /** Runs when the dialog is gone; `preventDefault` keeps the focus from going back. */
  onClosed?: ((event: Event) => void) | undefined;
  /** There is nothing to press in it: the text itself takes the focus, so that the keyboard can scroll it. */
  reading?: boolean;
  children: ReactNode;
}

/** A window above the page; focus stays inside and goes back to where it was. */
export function Dialog(props: DialogProps) {
  const t = useText();
  const focus = useFocusReturn(props.onClosed);
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlay} />
        <Radix.Content
          data-modal
          // A field says by `data-autofocus` that it comes first (React's autoFocus would be too early:
          // the way back would be forgotten). Else the window itself has the focus, rather than the
          // button that closes it, whose tooltip would pop up at once.
          onOpenAutoFocus={(event) => {
            focus.remember();
            event.preventDefault();
            const window = event.currentTarget as HTMLElement;
            (window.querySelector<HTMLElement>('[data-autofocus]') ?? window).focus();
          }}
          {...(props.description ? {} : { 'aria-describedby': undefined })}
          onCloseAutoFocus={focus.onCloseAutoFocus}
          className={clsx(
            'fixed z-50 flex flex-col border border-line bg-raised shadow-float outline-none',
            shapes[props.shape ?? 'card'],
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div>
              <Radix.Title className="text-lg font-semibold">{props.title}</Radix.Title>
              {props.description && (
                <Radix.Description className="mt-1 text-sm text-muted">
                  {props.description}
                </Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label={t('action.dismiss')} className="-me-2">
                <X size={16} aria-hidden />
              </IconButton>
            </Radix.Close>
          </header>
          <div
            {...(props.reading && { role: 'region', 'aria-label': props.title, tabIndex: 0 })}
            className="min-h-0 flex-1 overflow-y-auto px-5 pb-5 -outline-offset-2"
          >
            {props.children}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
