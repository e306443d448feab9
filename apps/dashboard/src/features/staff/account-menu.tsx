import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, KeyRound, LogOut } from 'lucide-react';
import { languages, type Language } from '../../messages/catalog.js';
import { useText } from '../../messages/intl.js';
import { Avatar } from '../../ui/avatar.js';
import { MenuButton, type OpenedMenu } from '../../ui/menu-button.js';
import { MenuChoices, MenuItem, MenuLine, OpenMenu } from '../../ui/menu.js';
import { setPreferences, usePreferences } from '../settings/preferences.js';
import { useStaff } from './queries.js';
import { useStaffSignOut } from './sign-in.js';
import type { Staff } from './types.js';

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const t = useText();
  const staff = useStaff();
  if (!staff) return null;
  return (
    <MenuButton menu={(opened) => <List {...opened} staff={staff} />}>
      {(trigger) => (
        <button
          type="button"
          aria-label={t('person.menu', { name: staff.name })}
          {...trigger}
          className="flex min-w-0 flex-1 items-center gap-2.5 rounded-lg p-1.5 text-start hover:bg-hover aria-expanded:bg-hover"
        >
          <Avatar name={staff.name} ours />
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">
              <bdi>{staff.name}</bdi>
            </span>
            <span className="block truncate text-xs text-muted">
              {t(`staff.role.${staff.role}`)}
            </span>
          </span>
          <ChevronsUpDown size={14} className="text-subtle" aria-hidden />
        </button>
      )}
    </MenuButton>
  );
}

function List({ staff, ...opened }: OpenedMenu & { staff: Staff }) {
  const t = useText();
  const navigate = useNavigate();
  const signOut = useStaffSignOut();
  const { theme, language } = usePreferences();
  return (
    <OpenMenu {...opened} label={t('person.menu', { name: staff.name })} className="w-56">
      <p className="truncate px-2 pt-1.5 pb-1 text-xs text-muted" dir="ltr">
        {staff.email}
      </p>
      <MenuLine />
      <MenuItem onSelect={() => void navigate({ to: '/staff/account' })}>
        <KeyRound size={14} className="text-muted" aria-hidden />
        {t('staff.account')}
      </MenuItem>
      <MenuLine />
      <MenuChoices
        label={t('settings.theme')}
        value={theme}
        onChange={(next) => setPreferences({ theme: next })}
        choices={[
          { value: 'system', label: t('settings.theme.system') },
          { value: 'light', label: t('settings.theme.light') },
          { value: 'dark', label: t('settings.theme.dark') },
        ]}
      />
      <MenuLine />
      <MenuChoices
        label={t('settings.language')}
        value={language}
        onChange={(next) => setPreferences({ language: next })}
        choices={Object.entries(languages).map(([value, { name }]) => ({
          value: value as Language,
          label: name,
        }))}
      />
      <MenuLine />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut size={14} className="text-muted rtl:-scale-x-100" aria-hidden />
        {t('action.signOut')}
      </MenuItem>
    </OpenMenu>
  );
}
