import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { showDialog } from './dialogs.js';
import { Rail } from './rail.js';

/** The rail on a narrow screen. */
export default function Drawer() {
  const t = useText();
  return (
    <Dialog open onOpenChange={() => showDialog(null)} title={t('app.name')} shape="drawer">
      <Rail resting onGo={() => showDialog(null)} className="h-full" />
    </Dialog>
  );
}
