import { Outlet } from '@tanstack/react-router';
import { Menu as MenuIcon } from 'lucide-react';
import { useState } from 'react';
import { AccountMenu } from '../../features/staff/account-menu.js';
import { StaffMenu } from '../../features/staff/menu.js';
import { useText } from '../../messages/intl.js';
import { Badge } from '../../ui/badge.js';
import { Brand } from '../../ui/brand.js';
import { Dialog } from '../../ui/dialog.js';
import { IconButton } from '../../ui/icon-button.js';
import { Tooltips } from '../../ui/tooltip.js';

/** The frame of everything that needs a signed-in member of the staff. */
export function StaffFrameRoute() {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <Tooltips ready>
      <div className="flex h-full flex-col lg:flex-row">
        <a
          href="#main"
          className="fixed start-2 top-2 z-60 -translate-y-16 rounded-lg bg-accent px-3 py-1.5 text-sm text-on-accent focus:translate-y-0"
        >
          {t('staff.skip')}
        </a>
        <header className="flex h-12 shrink-0 items-center gap-1.5 border-b border-line px-2 lg:hidden">
          <IconButton label={t('staff.openMenu')} onClick={() => setOpen(true)}>
            <MenuIcon size={18} aria-hidden />
          </IconButton>
          <Name />
        </header>
        <div className="hidden w-56 shrink-0 flex-col gap-4 border-e border-line p-2 lg:flex">
          <header className="flex h-10 items-center gap-1.5 ps-1.5">
            <Name />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">
            <StaffMenu />
          </div>
          <AccountMenu />
        </div>
        <main id="main" tabIndex={-1} className="min-h-0 min-w-0 flex-1 outline-none">
          <Outlet />
        </main>
      </div>
      {isOpen && (
        <Dialog open onOpenChange={() => setOpen(false)} title={t('staff.console')} shape="drawer">
          <div className="flex h-full flex-col justify-between gap-4">
            <StaffMenu onGo={() => setOpen(false)} />
            <AccountMenu />
          </div>
        </Dialog>
      )}
    </Tooltips>
  );
}

function Name() {
  const t = useText();
  return (
    <>
      <Brand />
      <span className="min-w-0 truncate font-semibold tracking-tight">{t('app.name')}</span>
      <Badge tone="warn">{t('staff.badge')}</Badge>
    </>
  );
}
