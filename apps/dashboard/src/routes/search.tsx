import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search as SearchIcon, SearchX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/error.js';
import { FilterHelp } from '../features/search/filter-help.js';
import { searchQuery } from '../features/search/queries.js';
import { Result } from '../features/search/result.js';
import { ariaKeys } from '../features/shortcuts/catalogue.js';
import { useShortcut } from '../features/shortcuts/shortcuts.js';
import { useText } from '../messages/intl.js';
import { LoadMore } from '../ui/load-more.js';
import { Page, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';

const typingMs = 250;

/** All tickets by their words, their people and what else is known of them. */
export function SearchRoute() {
  const t = useText();
  const navigate = useNavigate();
  const { q = '' } = useSearch({ from: '/desk/search' });
  const [typed, setTyped] = useState(q);
  const [known, setKnown] = useState(q);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (known !== q) {
    setKnown(q);
    if (typed.trim() !== q) setTyped(q);
  }
  useEffect(() => {
    input.current?.focus();
    return () => clearTimeout(waiting.current);
  }, []);
  useShortcut('search', () => input.current?.select());
  const walk = (by: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    if (at + by < 0) input.current?.focus();
    else links[at + by]?.focus();
  };
  useShortcut('next', () => walk(1));
  useShortcut('previous', () => walk(-1));

  const search = (value: string, wait = typingMs) => {
    setTyped(value);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => {
      const words = value.trim();
      void navigate({ to: '/search', search: words ? { q: words } : {}, replace: true });
    }, wait);
  };
  const take = (text: string) => {
    search(`${typed.trim()} ${text}`.trim(), 0);
    input.current?.focus();
  };
  return (
    <Page title={t('search.title')} intro={t('searchPage.intro')}>
      <div role="search" className="relative">
        <SearchIcon
          size={16}
          className="pointer-events-none absolute start-3 top-3 text-subtle"
          aria-hidden
        />
        <input
          ref={input}
          type="search"
          value={typed}
          onChange={(event) => search(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') search(typed, 0);
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              walk(1);
            }
          }}
          aria-label={t('searchPage.label')}
          aria-keyshortcuts={ariaKeys('search')}
          placeholder={t('searchPage.hint')}
          maxLength={400}
          autoComplete="off"
          className="field h-10 ps-9!"
        />
      </div>
      {q === '' ? <FilterHelp onTake={take} /> : <Results q={q} list={list} walk={walk} />}
    </Page>
  );
}

interface ResultsProps {
  q: string;
  list: React.RefObject<HTMLUListElement | null>;
  walk: (by: number) => void;
}

function Results({ q, list, walk }: ResultsProps) {
  const t = useText();
  const query = useInfiniteQuery(searchQuery(q));
  // What was wrong with the words says how to mend it; that is no failure of the page.
  const wrong = query.error instanceof ApiError && query.error.status === 422 ? query.error : null;
  const found = query.data?.pages.flatMap(({ data }) => data) ?? [];
  if (wrong || (query.error instanceof ApiError && query.error.status === 400)) {
    const error = query.error as ApiError;
    return (
      <p role="alert" className="mt-4 rounded-lg bg-danger-ground px-3 py-2 text-sm text-danger">
        {error.details.map(({ problem }) => problem).join(' ') || error.said}
      </p>
    );
  }
  if (query.isPending) {
    return (
      <div className="mt-4">
        <Skeleton rows={6}>{rowSkeleton}</Skeleton>
      </div>
    );
  }
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (found.length === 0) {
    return (
      <EmptyState icon={SearchX} title={t('queue.noMatch.title')} body={t('searchPage.noneBody')} />
    );
  }
  const { total, totalIsExact } = query.data.pages[0]!;
  return (
    <>
      <p role="status" className="mt-4 mb-2 text-xs text-muted">
        {t('searchPage.count', { count: total, more: String(totalIsExact === false) })}
      </p>
      <ul
        ref={list}
        aria-label={t('searchPage.results')}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          walk(event.key === 'ArrowDown' ? 1 : -1);
        }}
      >
        {found.map((each) => (
          <Result key={each.ticket.id} found={each} />
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}
