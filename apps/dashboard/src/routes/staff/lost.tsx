import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import { buttonClass } from '../../ui/button.js';
import { EmptyState } from '../../ui/states.js';

/** An address below the console's that leads nowhere. */
export function StaffLostRoute() {
  const t = useText();
  return (
    <main className="h-full">
      <h1 className="sr-only">{t('state.lost.title')}</h1>
      <EmptyState icon={Compass} title={t('state.lost.title')} body={t('state.lost.body')}>
        <Link to="/staff" className={buttonClass()}>
          {t('staff.home')}
        </Link>
      </EmptyState>
    </main>
  );
}
