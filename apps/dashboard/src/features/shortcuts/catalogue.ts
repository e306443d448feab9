import type { MessageKey } from '../../messages/catalog.js';

interface ShortcutInfo {
  /** One key, or two pressed one after the other; `mod` is Ctrl, and Command on a Mac. */
  keys: string;
  label: MessageKey;
  group: 'general' | 'list' | 'ticket' | 'go';
}

/** Every shortcut there is: what the help shows, tooltips name and buttons announce. */
export const shortcuts = {
  palette: { keys: 'mod+k', label: 'shortcut.palette', group: 'general' },
  search: { keys: '/', label: 'shortcut.search', group: 'general' },
  newTicket: { keys: 'c', label: 'action.newTicket', group: 'general' },
  help: { keys: '?', label: 'shortcut.help', group: 'general' },
  next: { keys: 'j', label: 'shortcut.next', group: 'list' },
  previous: { keys: 'k', label: 'shortcut.previous', group: 'list' },
  open: { keys: 'Enter', label: 'shortcut.open', group: 'list' },
  select: { keys: 'x', label: 'shortcut.select', group: 'list' },
  selectTo: { keys: 'X', label: 'shortcut.selectTo', group: 'list' },
  selectNext: { keys: 'J', label: 'shortcut.selectNext', group: 'list' },
  selectPrevious: { keys: 'K', label: 'shortcut.selectPrevious', group: 'list' },
  selectAll: { keys: 'mod+a', label: 'shortcut.selectAll', group: 'list' },
  layout: { keys: 'v', label: 'shortcut.layout', group: 'list' },
  back: { keys: 'Escape', label: 'shortcut.back', group: 'list' },
  reply: { keys: 'r', label: 'action.reply', group: 'ticket' },
  note: { keys: 'n', label: 'action.note', group: 'ticket' },
  assign: { keys: 'a', label: 'action.assign', group: 'ticket' },
  take: { keys: 't', label: 'action.take', group: 'ticket' },
  close: { keys: 'e', label: 'shortcut.close', group: 'ticket' },
  macro: { keys: 'm', label: 'macro.open', group: 'ticket' },
  snooze: { keys: 'z', label: 'snooze.open', group: 'ticket' },
  merge: { keys: 'M', label: 'merge.open', group: 'ticket' },
  send: { keys: 'mod+Enter', label: 'shortcut.send', group: 'ticket' },
  goMine: { keys: 'g m', label: 'view.mine', group: 'go' },
  goUnassigned: { keys: 'g u', label: 'view.unassigned', group: 'go' },
  goOpen: { keys: 'g o', label: 'view.open', group: 'go' },
  goPending: { keys: 'g p', label: 'view.pending', group: 'go' },
  goSolved: { keys: 'g d', label: 'view.solved', group: 'go' },
  goClosed: { keys: 'g c', label: 'view.closed', group: 'go' },
  goSearch: { keys: 'g /', label: 'search.title', group: 'go' },
  goNotifications: { keys: 'g h', label: 'notifications.title', group: 'go' },
  goDrafts: { keys: 'g q', label: 'drafts.title', group: 'go' },
  goExports: { keys: 'g v', label: 'exports.title', group: 'go' },
  goCustomers: { keys: 'g g', label: 'customers.title', group: 'go' },
  goPeople: { keys: 'g t', label: 'people.title', group: 'go' },
  goApiKeys: { keys: 'g k', label: 'apiKeys.title', group: 'go' },
  goMailbox: { keys: 'g b', label: 'mailbox.title', group: 'go' },
  goSettings: { keys: 'g s', label: 'settings.title', group: 'go' },
  goProfile: { keys: 'g y', label: 'pages.profile', group: 'go' },
  goNotices: { keys: 'g 0', label: 'notifications.choose', group: 'go' },
  goFactors: { keys: 'g f', label: 'pages.signIn', group: 'go' },
  goSessions: { keys: 'g e', label: 'pages.sessions', group: 'go' },
  goOrganization: { keys: 'g i', label: 'pages.general', group: 'go' },
  goBranding: { keys: 'g n', label: 'pages.branding', group: 'go' },
  goRoles: { keys: 'g r', label: 'pages.roles', group: 'go' },
  goBilling: { keys: 'g 9', label: 'pages.billing', group: 'go' },
  goTeams: { keys: 'g 1', label: 'pages.teams', group: 'go' },
  goStates: { keys: 'g 2', label: 'pages.states', group: 'go' },
  goFields: { keys: 'g 3', label: 'pages.fields', group: 'go' },
  goReplies: { keys: 'g 4', label: 'pages.replies', group: 'go' },
  goMacros: { keys: 'g 5', label: 'pages.macros', group: 'go' },
  goWebhooks: { keys: 'g 6', label: 'pages.webhooks', group: 'go' },
  goRequests: { keys: 'g 7', label: 'pages.requests', group: 'go' },
  goEvents: { keys: 'g 8', label: 'pages.events', group: 'go' },
  goPolicy: { keys: 'g w', label: 'pages.policy', group: 'go' },
  goSso: { keys: 'g l', label: 'pages.sso', group: 'go' },
  goDirectory: { keys: 'g j', label: 'pages.directory', group: 'go' },
  goAudit: { keys: 'g a', label: 'pages.audit', group: 'go' },
  goSupport: { keys: 'g ,', label: 'pages.support', group: 'go' },
  goDanger: { keys: 'g z', label: 'pages.danger', group: 'go' },
  newView: { keys: 'w', label: 'viewEditor.new', group: 'general' },
  switchOrganization: { keys: 'g x', label: 'switcher.open', group: 'general' },
} as const satisfies Record<string, ShortcutInfo>;

export type ShortcutId = keyof typeof shortcuts;

const mac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The keys as they are printed on this machine's keyboard, one string per key cap. */
export function keyCaps(id: ShortcutId): string[] {
  return shortcuts[id].keys
    .split(' ')
    .flatMap((key) => key.split('+'))
    .map((key) => {
      if (key === 'mod') return mac ? '⌘' : 'Ctrl';
      if (key === 'Enter') return '↵';
      if (key === 'Escape') return 'Esc';
      // A capital letter is typed with Shift.
      if (/^[A-Z]$/.test(key)) return `⇧${key}`;
      return key.toUpperCase();
    });
}

/** The value of `aria-keyshortcuts`; key sequences cannot be said there and are left out. */
export function ariaKeys(id: ShortcutId): string | undefined {
  const { keys } = shortcuts[id];
  if (keys.includes(' ')) return undefined;
  if (keys.startsWith('mod+')) {
    const key = keys.slice(4);
    return `Control+${key.length === 1 ? key.toUpperCase() : key} Meta+${key.length === 1 ? key.toUpperCase() : key}`;
  }
  return /^[A-Z]$/.test(keys) ? `Shift+${keys}` : keys;
}

/** True when the event holds the command key of this machine. */
export function commandKey(event: { ctrlKey: boolean; metaKey: boolean }): boolean {
  return mac ? event.metaKey : event.ctrlKey;
}
