import { AlertDialog } from 'radix-ui';
import { useText } from '../messages/intl.js';
import { Button } from './button.js';
import { overlay } from './dialog.js';
import { useFocusReturn } from './focus-return.js';

interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  body: string;
  action: string;
  /** Red, as what takes something away is; what only asks twice is not. */
  danger?: boolean;
  onConfirm: () => void;
}

/** Asks once before something that cannot be taken back. */
export function Confirm(props: ConfirmProps) {
  const t = useText();
  const focus = useFocusReturn();
  return (
    <AlertDialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlay} />
        <AlertDialog.Content
          onOpenAutoFocus={focus.remember}
          onCloseAutoFocus={focus.onCloseAutoFocus}
          className="appear-up fixed inset-x-4 top-[20vh] z-50 mx-auto max-w-md rounded-xl border border-line bg-raised p-5 shadow-float outline-none"
        >
          <AlertDialog.Title className="text-lg font-semibold">{props.title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-sm text-muted">
            {props.body}
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{t('action.cancel')}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button
                variant={props.danger === false ? 'primary' : 'danger'}
                onClick={props.onConfirm}
              >
                {props.action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
