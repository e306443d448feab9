import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { CopyField } from '../../ui/copy-field.js';

/** What deliveries are signed with, shown this once. */
export function NewSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useText();
  return (
    <div>
      <CopyField label={t('webhooks.secret')} value={secret} />
      <div className="mt-5 flex justify-end">
        <Button variant="primary" onClick={onClose}>
          {t('webhooks.kept')}
        </Button>
      </div>
    </div>
  );
}
