import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { Menu as MenuIcon, Plus, Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useCan, useMe } from '../features/auth/queries.js';
import { showDialog, useDialog } from '../features/desk/dialogs.js';
import { Rail } from '../features/desk/rail.js';
import { useDeskShortcuts } from '../features/desk/use-desk-shortcuts.js';
import { OfflineBar } from '../features/live/live-status.js';
import { useLive } from '../features/live/live.js';
import { useAccent } from '../features/organization/use-accent.js';
import { useText } from '../messages/intl.js';
import { withMessages } from '../messages/with-messages.js';
import { Brand } from '../ui/brand.js';
import { IconButton } from '../ui/icon-button.js';
import { useRefusal } from '../ui/refusals.js';
import { Tooltips } from '../ui/tooltip.js';

const loadPalette = () =>
  withMessages(() => import('../features/palette/palette.js'), 'work', 'ticket');
const loadHelp = () =>
  withMessages(() => import('../features/shortcuts/help.js'), 'work', 'ticket');
const loadTips = () => import('../ui/tooltip-layer.js');
const loadMenu = () => import('../ui/menu.js');
const loadNewTicket = () => import('../features/tickets/new-ticket-dialog.js');
const loadSwitcher = () => import('../features/desk/switcher.js');
const loadToaster = () => import('../ui/toaster.js');

const Palette = lazy(loadPalette);
const DeletionBanner = lazy(() => import('../features/organization/deletion-banner.js'));
const BillingBanner = lazy(() =>
  withMessages(() => import('../features/billing/billing-banner.js'), 'billing'),
);
const RefusalDialog = lazy(() =>
  withMessages(() => import('../features/billing/refusal-dialog.js'), 'billing'),
);
const News = lazy(() => withMessages(() => import('../features/support/news.js'), 'support'));
const DeskMark = lazy(() => import('../features/organization/desk-mark.js'));
const Drawer = lazy(() => import('../features/desk/drawer.js'));
const Help = lazy(loadHelp);
const NewTicket = lazy(loadNewTicket);
const Switcher = lazy(loadSwitcher);
const Bell = lazy(() => withMessages(() => import('../features/notifications/bell.js'), 'work'));
const ViewEditor = lazy(() =>
  withMessages(() => import('../features/views/view-editor.js'), 'work'),
);
const ExportDialog = lazy(() =>
  withMessages(() => import('../features/exports/export-dialog.js'), 'work'),
);

/**
 * Fetches what is not needed at first but must be there when the line is down, in a moment in which
 * nobody waits for anything else. True from that moment on.
 */
function useTheRest(): boolean {
  const [resting, setResting] = useState(false);
  const client = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => {
      if (client.isFetching() > 0) return;
      clearInterval(timer);
      setResting(true);
      const rest = [loadToaster, loadTips, loadMenu, loadPalette, loadHelp, loadNewTicket].map(
        (load) => load(),
      );
      void Promise.allSettled(rest);
    }, 400);
    return () => clearInterval(timer);
  }, [client]);
  return resting;
}

/** The frame of everything that needs a signed-in person. */
export function DeskRoute() {
  const t = useText();
  const dialog = useDialog();
  const me = useMe();
  const { organization, plan } = me ?? {};
  const paysFor = useCan('billing:read');
  const refusal = useRefusal();
  useLive();
  useDeskShortcuts();
  const resting = useTheRest();
  useAccent();
  return (
    <Tooltips ready={resting}>
      <div className="flex h-full flex-col">
        <a
          href="#main"
          className="fixed start-2 top-2 z-60 -translate-y-16 rounded-lg bg-accent px-3 py-1.5 text-sm text-on-accent focus:translate-y-0"
        >
          {t('rail.skip')}
        </a>
        <OfflineBar />
        {(organization?.deleteAfter || organization?.suspendedAt) && (
          <Suspense fallback={null}>
            <DeletionBanner />
          </Suspense>
        )}
        {plan?.isSold && (plan.access !== 'full' || (paysFor && resting)) && (
          <Suspense fallback={null}>
            <BillingBanner />
          </Suspense>
        )}
        <Suspense fallback={null}>{resting && <News />}</Suspense>
        <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
          <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-2 lg:hidden">
            <IconButton label={t('rail.open')} onClick={() => showDialog('menu')}>
              <MenuIcon size={18} aria-hidden />
            </IconButton>
            <Mark own={resting} />
            <span className="ms-1 flex-1 font-semibold tracking-tight">{t('app.name')}</span>
            <Tools resting={resting} />
          </header>
          <div className="hidden w-56 shrink-0 flex-col gap-4 border-e border-line px-2 pt-2 pb-2 lg:flex">
            <header className="-me-1 flex h-10 items-center ps-1.5">
              <Mark own={resting} />
              <span className="ms-1.5 min-w-0 flex-1 truncate font-semibold tracking-tight">
                {t('app.name')}
              </span>
              <Tools resting={resting} />
            </header>
            <Rail resting={resting} className="min-h-0 flex-1 overflow-y-auto" />
          </div>
          <main id="main" tabIndex={-1} className="min-h-0 min-w-0 flex-1 outline-none">
            <Outlet />
          </main>
        </div>
        <Suspense fallback={null}>
          {dialog === 'menu' && <Drawer />}
          {dialog === 'palette' && <Palette />}
          {dialog === 'help' && <Help />}
          {dialog === 'newTicket' && <NewTicket />}
          {dialog === 'switcher' && <Switcher />}
          {dialog === 'newView' && <ViewEditor />}
          {dialog === 'editView' && <ViewEditor edits />}
          {dialog === 'export' && <ExportDialog />}
          {refusal && <RefusalDialog error={refusal} />}
        </Suspense>
      </div>
    </Tooltips>
  );
}

/** Our mark; the organization's own, once nothing that matters more is on its way. */
function Mark({ own }: { own: boolean }) {
  if (!own) return <Brand />;
  return (
    <Suspense fallback={<Brand />}>
      <DeskMark />
    </Suspense>
  );
}

function Tools({ resting }: { resting: boolean }) {
  const t = useText();
  const writes = useCan('tickets:write');
  return (
    <>
      <Suspense fallback={null}>{resting && <Bell />}</Suspense>
      <IconButton
        label={t('shortcut.palette')}
        shortcut="palette"
        onClick={() => showDialog('palette')}
      >
        <Search size={16} aria-hidden />
      </IconButton>
      {writes && (
        <IconButton
          label={t('action.newTicket')}
          shortcut="newTicket"
          onClick={() => showDialog('newTicket')}
        >
          <Plus size={18} aria-hidden />
        </IconButton>
      )}
    </>
  );
}
