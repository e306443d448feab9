import { Link } from '@tanstack/react-router';
import { useText } from '../../messages/intl.js';
import { tabClass } from '../../ui/tabs.js';

/** People and companies: two pages of one matter. */
export function CustomerTabs({ current }: { current: '/customers' | '/companies' }) {
  const t = useText();
  return (
    <nav aria-label={t('customers.tabs')} className="mb-4 flex gap-5 border-b border-line">
      {(['/customers', '/companies'] as const).map((to) => (
        <Link
          key={to}
          to={to}
          search={{}}
          activeProps={{}}
          aria-current={to === current ? 'page' : undefined}
          className={tabClass(to === current)}
        >
          {t(to === '/customers' ? 'customers.people' : 'companies.title')}
        </Link>
      ))}
    </nav>
  );
}
