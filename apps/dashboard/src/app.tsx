import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, type AnyRouter } from '@tanstack/react-router';
import { StrictMode } from 'react';
import type { Root } from 'react-dom/client';
import { ApiError } from './api/error.js';
import { usePreferences } from './features/settings/preferences.js';
import { IntlProvider } from './messages/intl.js';

/** Only what may be different the next time is tried again. */
function worthRetrying(failures: number, error: Error): boolean {
  if (error instanceof ApiError && error.status > 0 && error.status < 500) return false;
  return failures < 2;
}

interface Parts {
  makeRouter: (queryClient: QueryClient) => AnyRouter;
  onSignedOut: (listener: () => void) => unknown;
}

/** Starts the desk of a tenant or the console of the staff: each has pages, a cache and a session of its own. */
export function start(root: Root, { makeRouter, onSignedOut }: Parts): void {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: worthRetrying, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
  const router = makeRouter(queryClient);
  onSignedOut(() => {
    queryClient.clear();
    // Every page asks for a session again, and leads to the sign-in without one.
    void router.invalidate();
  });

  function App() {
    const { language } = usePreferences();
    return (
      <QueryClientProvider client={queryClient}>
        <IntlProvider language={language}>
          <RouterProvider router={router} />
        </IntlProvider>
      </QueryClientProvider>
    );
  }

  root.render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
