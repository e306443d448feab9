import { useNavigate } from '@tanstack/react-router';
import { Building2, LogOut, UserRound } from 'lucide-react';
import { useText } from '../../messages/intl.js';
import type { OpenedMenu } from '../../ui/menu-button.js';
import { MenuChoices, MenuItem, MenuLine, OpenMenu } from '../../ui/menu.js';
import { useMe, useSignOut } from '../auth/queries.js';
import { showDialog } from './dialogs.js';
import { setPreferences, usePreferences } from '../settings/preferences.js';

/** What the person who is signed in can do about it. */
export default function PersonMenuList(opened: OpenedMenu) {
  const t = useText();
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { theme } = usePreferences();
  if (!me) return null;
  return (
    <OpenMenu {...opened} label={t('person.menu', { name: me.user.name })} className="w-56">
      <p className="truncate px-2 pt-1.5 pb-1 text-xs text-muted" dir="ltr">
        {me.user.email}
      </p>
      <MenuLine />
      <MenuItem onSelect={() => void navigate({ to: '/settings/profile' })}>
        <UserRound size={14} className="text-muted" aria-hidden />
        {t('person.account')}
      </MenuItem>
      <MenuItem onSelect={() => showDialog('switcher')}>
        <Building2 size={14} className="text-muted" aria-hidden />
        {t('switcher.open')}
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
      <MenuItem onSelect={() => void signOut()}>
        <LogOut size={14} className="text-muted rtl:-scale-x-100" aria-hidden />
        {t('action.signOut')}
      </MenuItem>
    </OpenMenu>
  );
}
