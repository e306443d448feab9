import { useState, type ReactNode } from 'react';
import { ApiError } from '../../api/error.js';
import { errorText } from '../../messages/error-text.js';
import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { DialogButtons } from '../../ui/dialog-buttons.js';
import { FormError } from '../auth/auth-page.js';

interface SettingDialogProps {
  title: string;
  wide?: boolean;
  action: string;
  onClose: () => void;
  /** Sends it; what it throws is shown beside the fields that it names. */
  onSave: () => Promise<unknown>;
  children: (errors: Record<string, string>) => ReactNode;
}

const nameTaken = /\.(name|key)_taken$/;

/** A form in a dialog: it stays open, with what was typed, until it was accepted. */
export function SettingDialog(props: SettingDialogProps) {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const submit = async () => {
    setBusy(true);
    try {
      await props.onSave();
      props.onClose();
    } catch (error) {
      const details = error instanceof ApiError ? error.details : [];
      const code = error instanceof ApiError ? error.code : '';
      const about = nameTaken.exec(code)?.[1] ?? 'root';
      const said = code === 'edit.conflict' ? t('deskSettings.changed') : errorText(t, error);
      setErrors(
        details.length > 0
          ? Object.fromEntries(details.map(({ field, problem }) => [field.split('.')[0]!, problem]))
          : { [about]: said },
      );
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={props.title}
      shape={props.wide ? 'wide' : 'card'}
    >
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          // A form in a portal below this one bubbles through it.
          event.stopPropagation();
          void submit();
        }}
      >
        <FormError message={errors.root} />
        {props.children(errors)}
        <DialogButtons onClose={props.onClose} action={props.action} busy={busy} />
      </form>
    </Dialog>
  );
}
