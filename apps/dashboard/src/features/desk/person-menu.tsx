import { ChevronsUpDown } from 'lucide-react';
import { lazy } from 'react';
import { useText } from '../../messages/intl.js';
import { Avatar } from '../../ui/avatar.js';
import { MenuButton } from '../../ui/menu-button.js';
import { useMe } from '../auth/queries.js';

const PersonMenuList = lazy(() => import('./person-menu-list.js'));

/** Who is signed in, and the way out. */
export function PersonMenu() {
  const t = useText();
  const me = useMe();
  if (!me) return <div className="h-11" />;
  return (
    <MenuButton menu={(opened) => <PersonMenuList {...opened} />}>
      {(trigger) => (
        <button
          type="button"
          aria-label={t('person.menu', { name: me.user.name })}
          {...trigger}
          className="flex min-w-0 flex-1 items-center gap-2.5 rounded-lg p-1.5 text-start hover:bg-hover aria-expanded:bg-hover"
        >
          <Avatar name={me.user.name} ours />
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">{me.user.name}</span>
            <span className="block truncate text-xs text-muted">{me.organization.name}</span>
          </span>
          <ChevronsUpDown size={14} className="text-subtle" aria-hidden />
        </button>
      )}
    </MenuButton>
  );
}
