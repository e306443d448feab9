import { clsx } from 'clsx';
import { Ellipsis } from 'lucide-react';
import type { User } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Avatar } from '../../ui/avatar.js';
import { Badge } from '../../ui/badge.js';
import { IconButton } from '../../ui/icon-button.js';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.js';
import { Time } from '../../ui/time.js';
import { useRoleName } from './role-name.js';

/** What can be done about a person. */
export type PersonAction = 'role' | 'rename' | 'deactivate' | 'reactivate' | 'remove' | 'reset';

interface PersonRowProps {
  person: User;
  self: boolean;
  actions: PersonAction[];
  onAction: (action: PersonAction) => void;
}

/** One person: who, with which role, how long unseen, and what can be done. */
export function PersonRow({ person, self, actions, onAction }: PersonRowProps) {
  const t = useText();
  const roleName = useRoleName();
  const active = person.status === 'active';
  const names: Record<PersonAction, string> = {
    role: t('people.roleChange'),
    rename: t('people.rename'),
    deactivate: t('people.deactivate'),
    reactivate: t('people.reactivate'),
    remove: t('people.remove'),
    reset: t('people.resetFactors'),
  };
  const harmless = actions.filter((each) => each === 'role' || each === 'rename');
  const rest = actions.filter((each) => each !== 'role' && each !== 'rename');
  return (
    <li className="flex min-h-14 items-center gap-3 border-b border-line py-2">
      <Avatar name={person.name} ours={active} />
      <div className={clsx('min-w-0 flex-1', !active && 'text-muted')}>
        <p className="truncate text-sm font-medium">
          <bdi>{person.name}</bdi>
          {self && <span className="ms-2 font-normal text-muted">{t('people.you')}</span>}
        </p>
        <p className="truncate text-xs text-muted">
          <bdi>{person.email}</bdi>
        </p>
      </div>
      <div className="flex shrink-0 flex-wrap justify-end gap-1.5">
        {!active && <Badge tone="warn">{t('people.status.deactivated')}</Badge>}
        <Badge>{roleName(person.role, person.roleName)}</Badge>
      </div>
      <span className="w-28 shrink-0 text-end text-xs text-subtle max-sm:hidden">
        {person.lastActiveAt ? (
          <>
            {t('people.lastActive')} <Time at={person.lastActiveAt} />
          </>
        ) : (
          t('people.neverActive')
        )}
      </span>
      {actions.length > 0 && (
        <Menu
          align="end"
          trigger={
            <IconButton label={t('action.actionsOf', { name: person.name })}>
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          }
        >
          {harmless.map((each) => (
            <MenuItem key={each} onSelect={() => onAction(each)}>
              {names[each]}
            </MenuItem>
          ))}
          {harmless.length > 0 && rest.length > 0 && <MenuLine />}
          {rest.map((each) => (
            <MenuItem key={each} onSelect={() => onAction(each)}>
              {names[each]}
            </MenuItem>
          ))}
        </Menu>
      )}
    </li>
  );
}
