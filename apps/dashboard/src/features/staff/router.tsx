import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { present, searchWords, text } from '../../search-words.js';
import { withMessages } from '../../messages/with-messages.js';
import { CrashRoute, RootRoute } from '../../routes/root.js';
import { consolePath } from './next.js';
import { staffMeQuery } from './queries.js';
import { restoreStaff } from './session.js';

export { onStaffSignedOut } from './session.js';

/** A page together with the sentences of the console, and those that it shares with the desk. */
function page<T extends Record<string, unknown>, K extends keyof T>(
  load: () => Promise<T>,
  name: K,
) {
  return lazyRouteComponent(
    () => withMessages(load, 'staff', 'access', 'billing', 'support'),
    name,
  );
}

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: RootRoute,
  notFoundComponent: page(() => import('../../routes/staff/lost.js'), 'StaffLostRoute'),
  errorComponent: CrashRoute,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/staff/sign-in',
  validateSearch: (search): { next?: string } => present({ next: consolePath(search.next) }),
  beforeLoad: async () => {
    // Whoever cannot be reached cannot refuse either: show the form, which will say so.
    if (await restoreStaff().catch(() => false)) throw redirect({ to: '/staff' });
  },
  component: page(() => import('../../routes/staff/sign-in.js'), 'StaffSignInRoute'),
});

const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'console',
  beforeLoad: async ({ location }) => {
    if (await restoreStaff()) return;
    const isHome = location.pathname.replace(/\/$/, '') === '/staff';
    throw redirect({ to: '/staff/sign-in', search: isHome ? {} : { next: location.href } });
  },
  // What one may do decides what is shown: known before the first paint, nothing jumps.
  loader: ({ context }) => context.queryClient.ensureQueryData(staffMeQuery),
  component: page(() => import('../../routes/staff/frame.js'), 'StaffFrameRoute'),
});

const homeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff',
  beforeLoad: () => {
    throw redirect({ to: '/staff/organizations' });
  },
});

const organizationsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/organizations',
  validateSearch: ({
    q,
    status,
    plan,
    standing,
    usage,
  }): { q?: string; status?: string; plan?: string; standing?: string; usage?: string } =>
    present({
      q: text(q),
      status: text(status),
      plan: text(plan),
      standing: text(standing),
      usage: text(usage),
    }),
  component: page(() => import('../../routes/staff/organizations.js'), 'StaffOrganizationsRoute'),
});

const organizationRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/organizations/$organizationId',
  component: page(() => import('../../routes/staff/organization.js'), 'StaffOrganizationRoute'),
});

const certificatesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/certificates',
  component: page(() => import('../../routes/staff/certificates.js'), 'StaffCertificatesRoute'),
});

const supportRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/support',
  component: page(() => import('../../routes/staff/support.js'), 'StaffSupportRoute'),
});

const lookRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/looks/$accessId',
  validateSearch: (search): { view?: string; ticket?: string } =>
    present({ view: text(search.view), ticket: text(search.ticket) }),
  component: page(() => import('../../routes/staff/look.js'), 'StaffLookRoute'),
});

const operationsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/operations',
  validateSearch: (search): { view?: string } => present({ view: text(search.view) }),
  component: page(() => import('../../routes/staff/operations.js'), 'StaffOperationsRoute'),
});

const plansRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/plans',
  component: page(() => import('../../routes/staff/plans.js'), 'StaffPlansRoute'),
});

const featuresRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/features',
  component: page(() => import('../../routes/staff/features.js'), 'StaffFeaturesRoute'),
});

const announcementsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/announcements',
  component: page(() => import('../../routes/staff/announcements.js'), 'StaffAnnouncementsRoute'),
});

const membersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/members',
  component: page(() => import('../../routes/staff/members.js'), 'StaffMembersRoute'),
});

const actsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/acts',
  component: page(() => import('../../routes/staff/acts.js'), 'StaffActsRoute'),
});

const accountRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/staff/account',
  component: page(() => import('../../routes/staff/account.js'), 'StaffAccountRoute'),
});

const pages = [
  signInRoute,
  frameRoute.addChildren([
    homeRoute,
    organizationsRoute,
    organizationRoute,
    certificatesRoute,
    supportRoute,
    lookRoute,
    operationsRoute,
    plansRoute,
    featuresRoute,
    announcementsRoute,
    membersRoute,
    actsRoute,
    accountRoute,
  ]),
] as const;

/** Known to the desk's router by their types alone. */
export type StaffPages = typeof pages;

const routeTree = rootRoute.addChildren(pages);

/** The pages of the console and what it takes to see them. */
export function makeStaffRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultPreloadStaleTime: 0,
    ...searchWords,
  });
}
