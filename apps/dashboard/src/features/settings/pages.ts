import type { Me } from '../../api/types.js';
import type { MessageKey } from '../../messages/catalog.js';
import type { ShortcutId } from '../shortcuts/catalogue.js';

interface SettingsPage {
  to:
    | '/settings'
    | '/settings/profile'
    | '/settings/notifications'
    | '/settings/sign-in'
    | '/settings/sessions'
    | '/settings/organization'
    | '/settings/branding'
    | '/settings/roles'
    | '/settings/billing'
    | '/settings/teams'
    | '/settings/states'
    | '/settings/fields'
    | '/settings/canned-replies'
    | '/settings/macros'
    | '/settings/webhooks'
    | '/settings/requests'
    | '/settings/events'
    | '/settings/security'
    | '/settings/single-sign-on'
    | '/settings/directory'
    | '/settings/audit'
    | '/settings/support-access'
    | '/settings/danger';
  label: MessageKey;
  shortcut: ShortcutId;
  /** Who lacks it is not shown the way; the page itself says so to who comes by its address. */
  right?: string;
  /** Only where plans are sold. */
  sold?: boolean;
}

/** Every page of the settings, in the groups in which they are offered. */
export const settingsPages: { label: MessageKey; pages: SettingsPage[] }[] = [
  {
    label: 'pages.account',
    pages: [
      { to: '/settings', shortcut: 'goSettings', label: 'pages.appearance' },
      { to: '/settings/profile', shortcut: 'goProfile', label: 'pages.profile' },
      {
        to: '/settings/notifications',
        shortcut: 'goNotices',
        label: 'pages.notifications',
        right: 'tickets:read',
      },
      { to: '/settings/sign-in', shortcut: 'goFactors', label: 'pages.signIn' },
      { to: '/settings/sessions', shortcut: 'goSessions', label: 'pages.sessions' },
    ],
  },
  {
    label: 'pages.organization',
    pages: [
      {
        to: '/settings/organization',
        shortcut: 'goOrganization',
        label: 'pages.general',
        right: 'organization:read',
      },
      {
        to: '/settings/branding',
        shortcut: 'goBranding',
        label: 'pages.branding',
        right: 'organization:write',
      },
      { to: '/settings/roles', shortcut: 'goRoles', label: 'pages.roles', right: 'roles:read' },
      {
        to: '/settings/billing',
        shortcut: 'goBilling',
        label: 'pages.billing',
        right: 'billing:read',
        sold: true,
      },
      {
        to: '/settings/danger',
        shortcut: 'goDanger',
        label: 'pages.danger',
        right: 'organization:own',
      },
    ],
  },
  {
    label: 'pages.desk',
    pages: [
      {
        to: '/settings/teams',
        shortcut: 'goTeams',
        label: 'pages.teams',
        right: 'tickets:read',
      },
      {
        to: '/settings/states',
        shortcut: 'goStates',
        label: 'pages.states',
        right: 'tickets:read',
      },
      {
        to: '/settings/fields',
        shortcut: 'goFields',
        label: 'pages.fields',
        right: 'tickets:read',
      },
      {
        to: '/settings/canned-replies',
        shortcut: 'goReplies',
        label: 'pages.replies',
        right: 'tickets:read',
      },
      {
        to: '/settings/macros',
        shortcut: 'goMacros',
        label: 'pages.macros',
        right: 'tickets:read',
      },
    ],
  },
  {
    label: 'pages.integrations',
    pages: [
      {
        to: '/settings/webhooks',
        shortcut: 'goWebhooks',
        label: 'pages.webhooks',
        right: 'webhooks:read',
      },
      {
        to: '/settings/requests',
        shortcut: 'goRequests',
        label: 'pages.requests',
        right: 'apiKeys:read',
      },
      {
        to: '/settings/events',
        shortcut: 'goEvents',
        label: 'pages.events',
        right: 'events:read',
      },
    ],
  },
  {
    label: 'pages.security',
    pages: [
      {
        to: '/settings/security',
        shortcut: 'goPolicy',
        label: 'pages.policy',
        right: 'security:read',
      },
      {
        to: '/settings/single-sign-on',
        shortcut: 'goSso',
        label: 'pages.sso',
        right: 'security:read',
      },
      {
        to: '/settings/directory',
        shortcut: 'goDirectory',
        label: 'pages.directory',
        right: 'security:read',
      },
      { to: '/settings/audit', shortcut: 'goAudit', label: 'pages.audit', right: 'audit:read' },
      {
        to: '/settings/support-access',
        shortcut: 'goSupport',
        label: 'pages.support',
        right: 'support_access:grant',
      },
    ],
  },
];

/** Whether somebody is shown the way to a page. */
export function isOffered({ right, sold }: SettingsPage, me: Me | undefined): boolean {
  if (sold && !me?.plan.isSold) return false;
  return !right || (me?.permissions.includes(right) ?? false);
}
