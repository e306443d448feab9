import { Link } from '@tanstack/react-router';
import {
  Activity,
  Building2,
  FileBadge,
  Flag,
  LifeBuoy,
  Megaphone,
  Package,
  ScrollText,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { MessageKey } from '../../messages/catalog.js';
import { useText } from '../../messages/intl.js';
import { entry } from '../desk/rail-entry.js';
import { useStaff } from './queries.js';
import type { StaffRight } from './types.js';

const pages = [
  { to: '/staff/organizations', right: 'organizations:read', icon: Building2 },
  { to: '/staff/certificates', right: 'organizations:read', icon: FileBadge },
  { to: '/staff/support', right: 'support_access:ask', icon: LifeBuoy },
  { to: '/staff/operations', right: 'operations:read', icon: Activity },
  { to: '/staff/plans', right: 'plans:read', icon: Package },
  { to: '/staff/features', right: 'features:read', icon: Flag },
  { to: '/staff/announcements', right: 'announcements:read', icon: Megaphone },
  { to: '/staff/members', right: 'staff:read', icon: Users },
  { to: '/staff/acts', right: 'acts:read', icon: ScrollText },
] as const satisfies { to: string; right: StaffRight; icon: LucideIcon }[];

const labels: Record<(typeof pages)[number]['to'], MessageKey> = {
  '/staff/organizations': 'staff.organizations',
  '/staff/certificates': 'staff.certificates',
  '/staff/support': 'staff.support',
  '/staff/operations': 'staff.operations',
  '/staff/plans': 'staff.plans',
  '/staff/features': 'staff.features',
  '/staff/announcements': 'staff.announcements',
  '/staff/members': 'staff.members',
  '/staff/acts': 'staff.acts',
};

/** The pages that the role of whoever is signed in has something to do on. */
export function StaffMenu({ onGo }: { onGo?: () => void }) {
  const t = useText();
  const staff = useStaff();
  return (
    <nav aria-label={t('staff.menu')} className="flex flex-col gap-px">
      {pages
        .filter(({ right }) => staff?.permissions.includes(right))
        .map(({ to, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            search={{}}
            {...(onGo && { onClick: onGo })}
            activeOptions={{ includeSearch: false }}
            className="block"
          >
            {({ isActive }) => (
              <span className={entry(isActive)}>
                <Icon
                  size={16}
                  strokeWidth={1.75}
                  className={isActive ? 'text-accent-text' : ''}
                  aria-hidden
                />
                {t(labels[to])}
              </span>
            )}
          </Link>
        ))}
    </nav>
  );
}
