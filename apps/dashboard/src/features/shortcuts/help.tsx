import { useText } from '../../messages/intl.js';
import { Dialog } from '../../ui/dialog.js';
import { Kbd } from '../../ui/kbd.js';
import { showDialog } from '../desk/dialogs.js';
import { shortcuts, type ShortcutId } from './catalogue.js';

const groups = ['general', 'list', 'ticket', 'go'] as const;

/** Every shortcut on one page. */
export default function Help() {
  const t = useText();
  const ids = Object.keys(shortcuts) as ShortcutId[];
  return (
    <Dialog
      open
      onOpenChange={() => showDialog(null)}
      title={t('help.title')}
      description={t('help.intro')}
      shape="wide"
      reading
    >
      <div className="gap-x-10 sm:columns-2">
        {groups.map((group) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-subtle">{t(`help.${group}`)}</h3>
            <dl>
              {ids
                .filter((id) => shortcuts[id].group === group)
                .map((id) => (
                  <div key={id} className="flex h-8 items-center justify-between gap-4 text-sm">
                    <dt>{t(shortcuts[id].label)}</dt>
                    <dd>
                      <Kbd shortcut={id} />
                      <span className="sr-only">{shortcuts[id].keys}</span>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
