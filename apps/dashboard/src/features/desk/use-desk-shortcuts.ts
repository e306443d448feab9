import { useNavigate } from '@tanstack/react-router';
import { useCan, useMe } from '../auth/queries.js';
import { useMailboxExists } from '../mailbox/queries.js';
import { setPreferences, usePreferences } from '../settings/preferences.js';
import { isOffered, settingsPages } from '../settings/pages.js';
import { useShortcut } from '../shortcuts/shortcuts.js';
import { views, type TicketSearch, type ViewId } from '../tickets/search.js';
import { showDialog } from './dialogs.js';

/** The shortcuts that work on every page of the desk. */
export function useDeskShortcuts(): void {
  const navigate = useNavigate();
  const writes = useCan('tickets:write');
  const exports = useCan('tickets:export');
  const { layout } = usePreferences();
  const readsKeys = useCan('apiKeys:read');
  const readsPeople = useCan('users:read');
  const mailbox = useMailboxExists();

  useShortcut('palette', () => showDialog('palette'));
  useShortcut('help', () => showDialog('help'));
  useShortcut('newTicket', () => showDialog('newTicket'), writes);

  const view = (id: ViewId) => {
    const search: TicketSearch = views.find((each) => each.id === id)?.search ?? {};
    void navigate({ to: '/tickets', search });
  };
  useShortcut('goMine', () => view('mine'));
  useShortcut('goUnassigned', () => view('unassigned'));
  useShortcut('goOpen', () => view('open'));
  useShortcut('goPending', () => view('pending'));
  useShortcut('goSolved', () => view('solved'));
  useShortcut('goClosed', () => view('closed'));
  useShortcut('goSearch', () => void navigate({ to: '/search', search: {} }));
  useShortcut('goNotifications', () => void navigate({ to: '/notifications' }));
  useShortcut('goDrafts', () => void navigate({ to: '/drafts' }), writes);
  useShortcut('goExports', () => void navigate({ to: '/exports' }), exports);
  useShortcut('newView', () => showDialog('newView'));
  useShortcut('layout', () =>
    setPreferences({ layout: layout === 'columns' ? 'split' : 'columns' }),
  );
  useShortcut('goPeople', () => void navigate({ to: '/people', search: {} }), readsPeople);
  useShortcut('goApiKeys', () => void navigate({ to: '/api-keys' }), readsKeys);
  useShortcut('goMailbox', () => void navigate({ to: '/mailbox', search: {} }), mailbox);
  useShortcut('switchOrganization', () => showDialog('switcher'));
  useSettingsShortcuts();
}

/** One for each page of the settings that the person may see. */
function useSettingsShortcuts(): void {
  const navigate = useNavigate();
  const me = useMe();
  for (const page of settingsPages.flatMap(({ pages }) => pages)) {
    const { to, shortcut } = page;
    // The pages are a constant: as many hooks in the same order, each time.
    useShortcut(shortcut, () => void navigate({ to, search: {} }), isOffered(page, me));
  }
}
