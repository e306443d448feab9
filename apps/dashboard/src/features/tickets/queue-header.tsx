import { useNavigate } from '@tanstack/react-router';
import { ArrowDownUp, Ellipsis, ListFilter, Search, X } from 'lucide-react';
import { lazy, useEffect, useRef, useState } from 'react';
import { useText } from '../../messages/intl.js';
import { IconButton } from '../../ui/icon-button.js';
import { withMessages } from '../../messages/with-messages.js';
import { MenuButton } from '../../ui/menu-button.js';
import { ariaKeys } from '../shortcuts/catalogue.js';
import { useShortcut } from '../shortcuts/shortcuts.js';
import type { Show, TicketSearch } from './search.js';
import { useSearchName } from './use-ticket-search.js';

const loadMenus = () => withMessages(() => import('./queue-menus.js'), 'work');
const FilterMenu = lazy(async () => ({ default: (await loadMenus()).FilterMenu }));
const SortMenu = lazy(async () => ({ default: (await loadMenus()).SortMenu }));
const ListMenu = lazy(async () => ({ default: (await loadMenus()).ListMenu }));

/** Long enough that a word is asked for once, short enough to feel immediate. */
const typingMs = 220;

interface QueueHeaderProps {
  search: TicketSearch;
  openId: string | undefined;
}

/** The name of the view, words to search for, filters and order. */
export function QueueHeader({ search, openId }: QueueHeaderProps) {
  const t = useText();
  const navigate = useNavigate();
  const Heading = openId ? 'h2' : 'h1';
  const show: Show = (change) => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined),
    ) as TicketSearch;
    void (openId
      ? navigate({
          to: '/tickets/$ticketId',
          params: { ticketId: openId },
          search: next,
          replace: true,
        })
      : navigate({ to: '/tickets', search: next, replace: true }));
  };
  return (
    <header className="border-b border-line px-3 pt-2 pb-2.5">
      <div className="flex h-9 items-center">
        <Heading className="flex-1 truncate text-base font-semibold tracking-tight">
          <bdi>{useSearchName(search)}</bdi>
        </Heading>
        <MenuButton menu={(opened) => <FilterMenu {...opened} search={search} show={show} />}>
          {(trigger) => (
            <IconButton label={t('queue.filter')} {...trigger}>
              <ListFilter size={16} aria-hidden />
            </IconButton>
          )}
        </MenuButton>
        <MenuButton menu={(opened) => <SortMenu {...opened} search={search} show={show} />}>
          {(trigger) => (
            <IconButton label={t('queue.sort')} {...trigger}>
              <ArrowDownUp size={15} aria-hidden />
            </IconButton>
          )}
        </MenuButton>
        <MenuButton className="-me-1.5" menu={(opened) => <ListMenu {...opened} search={search} />}>
          {(trigger) => (
            <IconButton label={t('queue.more')} {...trigger}>
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          )}
        </MenuButton>
      </div>
      <SearchBox words={search.q ?? ''} onSearch={(q) => show({ q: q || undefined })} />
      <Narrowed search={search} show={show} />
    </header>
  );
}

function SearchBox({ words, onSearch }: { words: string; onSearch: (words: string) => void }) {
  const t = useText();
  const [typed, setTyped] = useState(words);
  const [known, setKnown] = useState(words);
  const input = useRef<HTMLInputElement>(null);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The address changed by itself (another view, the back button): show what it says.
  if (known !== words) {
    setKnown(words);
    if (typed.trim() !== words) setTyped(words);
  }
  useEffect(() => () => clearTimeout(waiting.current), []);
  useShortcut('search', () => input.current?.select());
  const search = (value: string) => {
    setTyped(value);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => onSearch(value.trim()), typingMs);
  };
  return (
    <div role="search" className="relative">
      <Search
        size={14}
        className="pointer-events-none absolute start-2.5 top-2.5 text-subtle"
        aria-hidden
      />
      <input
        ref={input}
        type="search"
        value={typed}
        onChange={(event) => search(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (typed) search('');
          else event.currentTarget.blur();
        }}
        placeholder={t('queue.searchHint')}
        aria-label={t('queue.search')}
        aria-keyshortcuts={ariaKeys('search')}
        maxLength={200}
        className="field !rounded-lg !border-line !bg-sunken !py-1.5 !ps-8 text-sm hover:!border-edge focus-visible:!bg-surface"
      />
    </div>
  );
}

interface NarrowedProps {
  search: TicketSearch;
  show: (change: { [K in keyof TicketSearch]?: undefined }) => void;
}

/** What narrows the view further, each with a way to drop it. */
function Narrowed({ search, show }: NarrowedProps) {
  const t = useText();
  const chips = [
    search.priority && { field: 'priority', label: t(`priority.${search.priority}`) },
    search.tag && { field: 'tag', label: search.tag },
    search.status && search.view && { field: 'status', label: t(`status.${search.status}`) },
    search.conditions && { field: 'conditions', label: t('queue.ownConditions') },
    search.company && { field: 'company', label: t('queue.oneCompany') },
    search.requester && { field: 'requester', label: t('queue.oneRequester') },
  ].filter((chip) => chip !== undefined && chip !== '') as {
    field: keyof TicketSearch;
    label: string;
  }[];
  if (chips.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-wrap gap-1.5" aria-label={t('queue.filters')}>
      {chips.map(({ field, label }) => (
        <li key={field}>
          <button
            type="button"
            onClick={() => show({ [field]: undefined })}
            aria-label={t('queue.dropFilter', { filter: label })}
            className="flex h-6 items-center gap-1 rounded-full bg-selected ps-2.5 pe-1.5 text-xs text-text"
          >
            <bdi>{label}</bdi>
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
