import { useText } from '../messages/intl.js';
import { Button } from './button.js';

interface DialogButtonsProps {
  onClose: () => void;
  action: string;
  busy: boolean;
  danger?: boolean;
}

/** The two ends of a form in a dialog. */
export function DialogButtons({ onClose, action, busy, danger = false }: DialogButtonsProps) {
  const t = useText();
  return (
    <div className="flex flex-wrap justify-end gap-2 pt-1">
      <Button onClick={onClose}>{t('action.cancel')}</Button>
      <Button type="submit" variant={danger ? 'danger' : 'primary'} disabled={busy}>
        {action}
      </Button>
    </div>
  );
}
