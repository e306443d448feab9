import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { restore } from './api/session.js';
import { toAuditSearch } from './features/audit/search.js';
import { ownPath } from './features/auth/next.js';
import { meQuery } from './features/auth/queries.js';
import type { MessagePart } from './messages/catalog.js';
import { withMessages } from './messages/with-messages.js';
import { DeskSkeleton } from './features/desk/desk-skeleton.js';
import type { StaffPages } from './features/staff/router.js';
import { toDeliverySearch } from './features/webhooks/search.js';
import { toTicketSearch } from './features/tickets/search.js';
import { CrashRoute, NotFoundRoute, RootRoute } from './routes/root.js';
import { present, searchWords, text } from './search-words.js';

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: RootRoute,
  notFoundComponent: NotFoundRoute,
  errorComponent: CrashRoute,
});

/** A page together with the sentences that it says; those of sign-in and settings unless told otherwise. */
function page<T extends Record<string, unknown>, K extends keyof T>(
  load: () => Promise<T>,
  name: K,
  parts: MessagePart[] = ['access'],
) {
  return lazyRouteComponent(() => withMessages(load, ...parts), name);
}

const integrationParts: MessagePart[] = ['access', 'deskSettings', 'integrations'];

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search): { next?: string; error?: string } =>
    present({ next: ownPath(search.next), error: text(search.error) }),
  beforeLoad: () => leaveWhenSignedIn(),
  component: page(() => import('./routes/sign-in.js'), 'SignInRoute'),
});

async function leaveWhenSignedIn(): Promise<void> {
  // Whoever cannot be reached cannot refuse either: show the form, which will say so.
  if (await restore().catch(() => false)) throw redirect({ to: '/' });
}

const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register',
  beforeLoad: () => leaveWhenSignedIn(),
  component: page(() => import('./routes/register.js'), 'RegisterRoute'),
});

/** What a link in a mail carries. */
const withToken = (search: Record<string, unknown>) => ({ token: text(search.token) ?? '' });

const registerCompleteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/registration',
  validateSearch: withToken,
  component: page(() => import('./routes/register-complete.js'), 'RegisterCompleteRoute'),
});

const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  component: page(() => import('./routes/forgot-password.js'), 'ForgotPasswordRoute'),
});

const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password-reset',
  validateSearch: withToken,
  component: page(() => import('./routes/reset-password.js'), 'ResetPasswordRoute'),
});

const confirmEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/email-change',
  validateSearch: withToken,
  component: page(() => import('./routes/confirm-email.js'), 'ConfirmEmailRoute'),
});

const unsubscribeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/unsubscribe',
  validateSearch: withToken,
  component: page(() => import('./routes/unsubscribe.js'), 'UnsubscribeRoute', ['access', 'work']),
});

const acceptInvitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  validateSearch: withToken,
  component: page(() => import('./routes/accept-invitation.js'), 'AcceptInvitationRoute'),
});

const developmentMailsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/development/mails',
  validateSearch: (search): { mail?: string } => present({ mail: text(search.mail) }),
  component: page(() => import('./routes/development-mails.js'), 'DevelopmentMailsRoute'),
});

const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'desk',
  beforeLoad: async ({ location }) => {
    // Single sign-on comes back with it: the cookie is there, and this browser does not know it yet.
    const { signedIn, ...search } = location.search as Record<string, string>;
    if (await restore(signedIn !== undefined)) {
      if (signedIn === undefined) return;
      throw redirect({ to: location.pathname, search, replace: true });
    }
    const next = location.href === '/' ? {} : { next: location.href };
    throw redirect({ to: '/sign-in', search: next });
  },
  // What a person may do decides what is shown: known before the first paint, nothing jumps.
  loader: ({ context }) => context.queryClient.ensureQueryData(meQuery),
  pendingComponent: DeskSkeleton,
  component: lazyRouteComponent(() => import('./routes/desk.js'), 'DeskRoute'),
});

const homeRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/tickets', search: { status: 'open' } });
  },
});

const queueRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/tickets',
  validateSearch: toTicketSearch,
  component: lazyRouteComponent(() => import('./routes/queue.js'), 'QueueRoute'),
});

const ticketRoute = createRoute({
  getParentRoute: () => queueRoute,
  path: '/$ticketId',
  component: page(() => import('./routes/ticket.js'), 'TicketRoute', ['ticket']),
});

const searchRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/search',
  validateSearch: (search): { q?: string } => present({ q: text(search.q) }),
  component: page(() => import('./routes/search.js'), 'SearchRoute', ['work']),
});

const notificationsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/notifications',
  component: page(() => import('./routes/notifications.js'), 'NotificationsRoute', ['work']),
});

const draftsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/drafts',
  component: page(() => import('./routes/drafts.js'), 'DraftsRoute', ['work']),
});

const exportsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/exports',
  component: page(() => import('./routes/exports.js'), 'ExportsRoute', ['work']),
});

const customersRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/customers',
  validateSearch: (search): { q?: string } => present({ q: text(search.q) }),
  component: page(() => import('./routes/customers.js'), 'CustomersRoute', ['customers']),
});

const customerRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/customers/$customerId',
  component: page(() => import('./routes/customer.js'), 'CustomerRoute', ['customers']),
});

const companiesRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/companies',
  validateSearch: (search): { q?: string } => present({ q: text(search.q) }),
  component: page(() => import('./routes/companies.js'), 'CompaniesRoute', ['customers']),
});

const companyRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/companies/$companyId',
  component: page(() => import('./routes/company.js'), 'CompanyRoute', ['customers']),
});

const peopleRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/people',
  validateSearch: (search): { q?: string; status?: string; view?: string } =>
    present({ q: text(search.q), status: text(search.status), view: text(search.view) }),
  component: page(() => import('./routes/people.js'), 'PeopleRoute'),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/api-keys',
  component: page(() => import('./routes/api-keys.js'), 'ApiKeysRoute'),
});

const apiKeyCallsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/api-keys/$keyId',
  component: page(() => import('./routes/api-key-calls.js'), 'ApiKeyCallsRoute', integrationParts),
});

const mailboxRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/mailbox',
  validateSearch: (search): { mail?: string } => present({ mail: text(search.mail) }),
  component: lazyRouteComponent(() => import('./routes/mailbox.js'), 'MailboxRoute'),
});

const settingsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings',
  component: page(() => import('./routes/settings.js'), 'SettingsRoute'),
});

const appearanceRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  component: page(() => import('./routes/appearance.js'), 'AppearanceRoute'),
});

const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/profile',
  component: page(() => import('./routes/profile.js'), 'ProfileRoute'),
});

const notificationPreferencesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/notifications',
  component: page(
    () => import('./routes/notification-preferences.js'),
    'NotificationPreferencesRoute',
    ['access', 'work'],
  ),
});

const factorsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/sign-in',
  component: page(() => import('./routes/factors.js'), 'FactorsRoute'),
});

const sessionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/sessions',
  component: page(() => import('./routes/sessions.js'), 'SessionsRoute'),
});

const generalRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/organization',
  component: page(() => import('./routes/general.js'), 'GeneralRoute'),
});

const brandingRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/branding',
  component: page(() => import('./routes/branding.js'), 'BrandingRoute'),
});

const rolesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/roles',
  component: page(() => import('./routes/roles.js'), 'RolesRoute'),
});

const billingRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/billing',
  validateSearch: (search): { view?: string; checkout?: string } =>
    present({ view: text(search.view), checkout: text(search.checkout) }),
  component: page(() => import('./routes/billing.js'), 'BillingRoute', ['access', 'billing']),
});

const teamsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/teams',
  component: page(() => import('./routes/teams.js'), 'TeamsRoute', ['deskSettings']),
});

const statesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/states',
  component: page(() => import('./routes/states.js'), 'StatesRoute', ['deskSettings']),
});

const fieldsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/fields',
  component: page(() => import('./routes/fields.js'), 'FieldsRoute', ['deskSettings']),
});

const cannedRepliesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/canned-replies',
  component: page(() => import('./routes/canned-replies.js'), 'CannedRepliesRoute', [
    'deskSettings',
  ]),
});

const macrosRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/macros',
  component: page(() => import('./routes/macros.js'), 'MacrosRoute', ['deskSettings']),
});

const webhooksRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/webhooks',
  component: page(() => import('./routes/webhooks.js'), 'WebhooksRoute', integrationParts),
});

const webhookRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/webhooks/$endpointId',
  validateSearch: toDeliverySearch,
  component: page(() => import('./routes/webhook.js'), 'WebhookRoute', integrationParts),
});

const deliveryRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/webhooks/$endpointId/$deliveryId',
  component: page(
    () => import('./routes/webhook-delivery.js'),
    'WebhookDeliveryRoute',
    integrationParts,
  ),
});

const requestsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/requests',
  validateSearch: (search): { key?: string } => present({ key: text(search.key) }),
  component: page(() => import('./routes/requests.js'), 'RequestsRoute', integrationParts),
});

const eventsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/events',
  validateSearch: (search): { type?: string } => present({ type: text(search.type) }),
  component: page(() => import('./routes/events.js'), 'EventsRoute', integrationParts),
});

const policyRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/security',
  component: page(() => import('./routes/policy.js'), 'PolicyRoute'),
});

const ssoRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/single-sign-on',
  component: page(() => import('./routes/sso.js'), 'SsoRoute'),
});

const directoryRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/directory',
  component: page(() => import('./routes/directory.js'), 'DirectoryRoute'),
});

const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/audit',
  validateSearch: toAuditSearch,
  component: page(() => import('./routes/audit.js'), 'AuditRoute'),
});

const supportAccessRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/support-access',
  component: page(() => import('./routes/support-access.js'), 'SupportAccessRoute', ['support']),
});

const dangerRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/danger',
  component: page(() => import('./routes/danger.js'), 'DangerRoute'),
});

const pages = [
  signInRoute,
  registerRoute,
  registerCompleteRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  confirmEmailRoute,
  unsubscribeRoute,
  acceptInvitationRoute,
  developmentMailsRoute,
  deskRoute.addChildren([
    homeRoute,
    queueRoute.addChildren([ticketRoute]),
    searchRoute,
    notificationsRoute,
    draftsRoute,
    exportsRoute,
    customersRoute,
    customerRoute,
    companiesRoute,
    companyRoute,
    peopleRoute,
    apiKeysRoute,
    apiKeyCallsRoute,
    mailboxRoute,
    settingsRoute.addChildren([
      appearanceRoute,
      profileRoute,
      notificationPreferencesRoute,
      factorsRoute,
      sessionsRoute,
      generalRoute,
      brandingRoute,
      rolesRoute,
      billingRoute,
      teamsRoute,
      statesRoute,
      fieldsRoute,
      cannedRepliesRoute,
      macrosRoute,
      webhooksRoute,
      webhookRoute,
      deliveryRoute,
      requestsRoute,
      eventsRoute,
      policyRoute,
      ssoRoute,
      directoryRoute,
      auditRoute,
      supportAccessRoute,
      dangerRoute,
    ]),
  ]),
] as const;

const routeTree = rootRoute.addChildren(pages);

/** The pages of the dashboard and what it takes to see them. */
export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultPreloadStaleTime: 0,
    ...searchWords,
  });
}

/** For the types of addresses alone: the pages of the staff are those of another router, which the desk never loads. */
type EveryPage = ReturnType<typeof rootRoute.addChildren<[...typeof pages, ...StaffPages]>>;

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createRouter<EveryPage>>;
  }
}
