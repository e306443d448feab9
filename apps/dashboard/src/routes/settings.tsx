import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { useMe } from '../features/auth/queries.js';
import { isOffered, settingsPages } from '../features/settings/pages.js';
import { useText } from '../messages/intl.js';
import { Button } from '../ui/button.js';
import { Menu, MenuChoices } from '../ui/menu.js';

/** The pages of the settings beside the one that is open; on a narrow screen, in a menu above it. */
export function SettingsRoute() {
  const t = useText();
  const navigate = useNavigate();
  const me = useMe();
  const here = useRouterState({ select: (state) => state.location.pathname.replace(/\/$/, '') });
  const groups = settingsPages
    .map((group) => ({
      ...group,
      pages: group.pages.filter((page) => isOffered(page, me)),
    }))
    .filter((group) => group.pages.length > 0);
  // A page may have pages of its own below it; the first of the settings has all of them.
  const current = groups
    .flatMap(({ pages }) => pages)
    .find(({ to }) => to === here || (to !== '/settings' && here.startsWith(`${to}/`)));
  return (
    <div className="flex h-full bg-surface">
      <nav
        aria-label={t('pages.choose')}
        className="hidden w-52 shrink-0 flex-col gap-5 overflow-y-auto border-e border-line px-3 py-8 md:flex"
      >
        {groups.map((group) => (
          <div key={group.label}>
            <p id={group.label} className="mb-1 px-2 text-2xs font-medium text-subtle">
              {t(group.label)}
            </p>
            <ul aria-labelledby={group.label} className="flex flex-col gap-px">
              {group.pages.map((page) => (
                <li key={page.to}>
                  <Link
                    to={page.to}
                    search={{}}
                    activeOptions={{ exact: page.to === '/settings', includeSearch: false }}
                    className="block"
                  >
                    {({ isActive }) => (
                      <span
                        className={clsx(
                          'flex min-h-8 items-center rounded-lg px-2 text-sm',
                          isActive
                            ? 'bg-selected font-medium text-text'
                            : 'text-muted hover:bg-hover hover:text-text',
                        )}
                      >
                        {t(page.label)}
                      </span>
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="min-w-0 flex-1 overflow-y-auto">
        <div className="border-b border-line px-4 py-2 md:hidden">
          <Menu
            className="max-h-[70vh] w-64 overflow-y-auto"
            trigger={
              <Button className="w-full justify-between!">
                <span className="sr-only">{t('pages.choose')}:</span>
                {t(current?.label ?? 'settings.title')}
                <ChevronDown size={14} aria-hidden />
              </Button>
            }
          >
            {groups.map((group) => (
              <MenuChoices
                key={group.label}
                label={t(group.label)}
                value={current?.to ?? '/settings'}
                onChange={(to) => void navigate({ to, search: {} })}
                choices={group.pages.map((page) => ({ value: page.to, label: t(page.label) }))}
              />
            ))}
          </Menu>
        </div>
        <div className="mx-auto max-w-180 px-4 py-6 sm:px-8 sm:py-8">
          <Outlet />
        </div>
      </div>
    </div>
  );
}
