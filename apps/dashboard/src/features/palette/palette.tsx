import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { CornerDownLeft, ListFilter, Monitor, Moon, Search, Sun, UserRound } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../messages/intl.js';
import { useFocusReturn } from '../../ui/focus-return.js';
import { Kbd } from '../../ui/kbd.js';
import { showDialog, takeTypedAhead } from '../desk/dialogs.js';
import { setPreferences } from '../settings/preferences.js';
import { shortcuts, type ShortcutId } from '../shortcuts/catalogue.js';
import { availableShortcuts, runShortcut } from '../shortcuts/shortcuts.js';
import { StatusIcon } from '../tickets/status.js';
import { useFound } from './found.js';

/** What can be done to the open ticket comes first. */
const order = ['ticket', 'general', 'list', 'go'] as const;
/** Opening the palette from the palette, or moving in a list behind it, makes no sense. */
const left: ShortcutId[] = [
  'palette',
  'next',
  'previous',
  'selectNext',
  'selectPrevious',
  'selectTo',
  'back',
  'search',
];

const themes = [
  { value: 'light', icon: Sun },
  { value: 'dark', icon: Moon },
  { value: 'system', icon: Monitor },
] as const;

const row =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 text-sm select-none data-[selected=true]:bg-selected';
const group =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-subtle';

/** The actions that are possible now and whose name holds every word. */
function usePaletteActions(words: string) {
  const t = useText();
  const [ids] = useState(() =>
    order.flatMap((group) =>
      availableShortcuts().filter((id) => shortcuts[id].group === group && !left.includes(id)),
    ),
  );
  const actions = [
    ...ids.map((id) => {
      const label = t(shortcuts[id].label);
      return {
        value: id as string,
        label: shortcuts[id].group === 'go' ? t('palette.go', { page: label }) : label,
        run: () => runShortcut(id),
        end: <Kbd shortcut={id} />,
      };
    }),
    ...themes.map(({ value, icon: Icon }) => ({
      value: `theme.${value}`,
      label: t('palette.theme', { theme: t(`settings.theme.${value}`) }),
      run: () => setPreferences({ theme: value }),
      end: <Icon size={15} className="text-subtle" aria-hidden />,
    })),
  ];
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return actions.filter(({ label }) => {
    const name = label.toLocaleLowerCase();
    return wanted.every((word) => name.includes(word));
  });
}

/** Every action that is possible now, and every ticket, a few letters away. */
export default function Palette() {
  const t = useText();
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const focus = useFocusReturn();
  const input = useRef<HTMLInputElement>(null);
  const chosen = useRef<(() => void) | null>(null);
  const { tickets, customers, views } = useFound(words);
  const found = usePaletteActions(words);
  const [selected, setSelected] = useState('');
  const first = found[0]?.value ?? tickets[0]?.id ?? views[0]?.id ?? customers[0]?.id ?? '';
  const searches = words.trim().length > 1;
  // Enter takes the first result, also when it arrived after the last letter was typed.
  useEffect(() => setSelected(first || 'search.all'), [first, words]);

  const choose = (action: () => void) => {
    chosen.current = action;
    showDialog(null);
  };
  const openTicket = (id: string) =>
    void navigate({
      to: '/tickets/$ticketId',
      params: { ticketId: id },
      search: { status: 'open' },
    });
  const openCustomer = (id: string) => void navigate({ to: '/tickets', search: { requester: id } });

  return (
    <Dialog.Root open onOpenChange={() => showDialog(null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="appear fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          data-modal
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            focus.remember();
            // Left to itself the focus would select what was typed ahead, for the next letter to wipe out.
            event.preventDefault();
            setWords(takeTypedAhead());
            input.current?.focus();
          }}
          onCloseAutoFocus={(event) => {
            // First the focus goes back to where it was, then the action may take it further.
            focus.onCloseAutoFocus(event);
            chosen.current?.();
          }}
          className="appear fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl border border-line bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <Command
            label={t('palette.title')}
            shouldFilter={false}
            value={selected}
            onValueChange={setSelected}
            loop
          >
            <Command.Input
              ref={input}
              value={words}
              onValueChange={setWords}
              placeholder={t('palette.hint')}
              className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none"
            />
            <Command.List
              label={t('palette.results')}
              className="max-h-[52vh] overflow-y-auto p-1.5"
            >
              {first === '' && !searches && (
                <p role="status" className="px-3 py-8 text-center text-sm text-muted">
                  {t('palette.empty')}
                </p>
              )}
              {found.length > 0 && (
                <Command.Group heading={t('palette.actions')} className={group}>
                  {found.map(({ value, label, run, end }) => (
                    <Command.Item
                      key={value}
                      value={value}
                      onSelect={() => choose(run)}
                      className={row}
                    >
                      <span className="flex-1">{label}</span>
                      {end}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {tickets.length > 0 && (
                <Command.Group heading={t('palette.tickets')} className={group}>
                  {tickets.map((ticket) => (
                    <Command.Item
                      key={ticket.id}
                      value={ticket.id}
                      onSelect={() => choose(() => openTicket(ticket.id))}
                      className={row}
                    >
                      <StatusIcon status={ticket.status} labelled />
                      <span className="text-xs text-subtle tabular-nums">
                        {t('ticket.number', { number: ticket.number })}
                      </span>
                      <bdi className="min-w-0 flex-1 truncate">{ticket.subject}</bdi>
                      <CornerDownLeft
                        size={14}
                        className="text-subtle rtl:-scale-x-100"
                        aria-hidden
                      />
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {views.length > 0 && (
                <Command.Group heading={t('palette.views')} className={group}>
                  {views.map((view) => (
                    <Command.Item
                      key={view.id}
                      value={view.id}
                      onSelect={() =>
                        choose(() => void navigate({ to: '/tickets', search: { view: view.id } }))
                      }
                      className={row}
                    >
                      <ListFilter size={15} className="text-subtle" aria-hidden />
                      <bdi className="min-w-0 flex-1 truncate">{view.name}</bdi>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {customers.length > 0 && (
                <Command.Group heading={t('palette.customers')} className={group}>
                  {customers.map((customer) => (
                    <Command.Item
                      key={customer.id}
                      value={customer.id}
                      onSelect={() => choose(() => openCustomer(customer.id))}
                      className={row}
                    >
                      <UserRound size={15} className="text-subtle" aria-hidden />
                      <bdi className="min-w-0 flex-1 truncate">
                        {customer.name || customer.email}
                      </bdi>
                      <bdi className="truncate text-xs text-subtle">{customer.email}</bdi>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {searches && (
                <Command.Item
                  value="search.all"
                  onSelect={() =>
                    choose(() => void navigate({ to: '/search', search: { q: words.trim() } }))
                  }
                  className={`${row} mt-1 text-muted`}
                >
                  <Search size={15} aria-hidden />
                  <bdi className="min-w-0 flex-1 truncate">
                    {t('palette.searchAll', { words: words.trim() })}
                  </bdi>
                </Command.Item>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
