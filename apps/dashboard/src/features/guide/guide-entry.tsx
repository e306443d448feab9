import { Link } from '@tanstack/react-router';
import { Footprints } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import { useGuide } from './guide.js';

/** The way back to the first steps from everywhere, until they are over. */
export default function GuideEntry() {
  const t = useText();
  const guide = useGuide();
  if (!guide) return null;
  const steps = ['guide.ticket', 'guide.answer', 'guide.done'] as const;
  return (
    <nav aria-label={t('guide.title')}>
      <Link
        to="/tickets"
        search={{ status: 'open' }}
        className="appear block rounded-lg border border-line bg-surface px-2.5 py-2 hover:bg-hover"
      >
        <span className="flex items-center gap-2 text-xs font-medium">
          <Footprints size={14} className="text-accent-text" aria-hidden />
          {t('guide.title')}
          <span className="ms-auto text-subtle tabular-nums">
            {t('guide.step', { step: guide.step })}
          </span>
        </span>
        <span className="mt-0.5 block text-xs text-muted">{t(steps[guide.step - 1]!)}</span>
      </Link>
    </nav>
  );
}
