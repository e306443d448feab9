import { MousePointerClick } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import { Kbd } from '../../ui/kbd.js';
import { EmptyState } from '../../ui/states.js';
import { useTitle } from '../../ui/title.js';
import { useGuide } from './guide.js';
import { GuideSteps } from './guide-steps.js';

/** The place beside the list while no ticket is open: the first steps, or what the keys do. */
export default function NothingOpen({ title }: { title: string }) {
  const t = useText();
  const guide = useGuide();
  useTitle(title);
  if (guide) {
    return (
      <div className="h-full overflow-y-auto">
        <GuideSteps guide={guide} />
      </div>
    );
  }
  return (
    <EmptyState
      icon={MousePointerClick}
      title={t('queue.nothingOpen.title')}
      body={t('queue.nothingOpen.body')}
    >
      <ul className="flex flex-wrap justify-center gap-x-5 gap-y-2 text-xs text-muted">
        {(['next', 'previous', 'open', 'palette', 'help'] as const).map((id) => (
          <li key={id} className="flex items-center gap-2">
            <Kbd shortcut={id} />
            {t(`hint.${id}`)}
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}
