import { useText } from '../messages/intl.js';
import { Button } from './button.js';

interface LoadMoreProps {
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
}

/** The rest of a long list, when it is asked for. */
export function LoadMore({ query }: LoadMoreProps) {
  const t = useText();
  if (!query.hasNextPage) return null;
  return (
    <div className="flex justify-center p-4">
      <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {query.isFetchingNextPage ? t('state.loading') : t('action.more')}
      </Button>
    </div>
  );
}
