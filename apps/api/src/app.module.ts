import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { SettingsModule } from '#core/config/config.module.js';
import { DatabaseModule } from '#core/database/database.module.js';
import { HttpModule } from '#core/http/http.module.js';
import { IdempotencyModule } from '#core/idempotency/idempotency.module.js';
import type { JobTable } from '#core/jobs/job-map.js';
import { JobsModule } from '#core/jobs/jobs.module.js';
import type { EventDeclaration } from '#core/ledger/event-catalogue.js';
import { LedgerModule } from '#core/ledger/ledger.module.js';
import { LimitsModule } from '#core/limits/limits.module.js';
import { LoggingModule } from '#core/logging/logging.module.js';
import { TenancyModule } from '#core/tenancy/tenancy.module.js';
import { AdminModule } from '#modules/admin/admin.module.js';
import { AUDIT_EVENTS } from '#modules/audit/audit.events.js';
import { AuditModule } from '#modules/audit/audit.module.js';
import { AUTH_EVENTS } from '#modules/auth/auth.events.js';
import { AuthModule } from '#modules/auth/auth.module.js';
import { BILLING_EVENTS } from '#modules/billing/billing.events.js';
import { BillingModule } from '#modules/billing/billing.module.js';
import { UsageModule } from '#modules/billing/usage.module.js';
import { DeparturesModule } from '#modules/departures/departures.module.js';
import { EMAIL_EVENTS } from '#modules/email/email.events.js';
import { EMAIL_JOBS } from '#modules/email/email.jobs.js';
import { EmailModule } from '#modules/email/email.module.js';
import { FACTOR_EVENTS } from '#modules/factors/factors.events.js';
import { FactorsModule } from '#modules/factors/factors.module.js';
import { INTEGRATION_EVENTS } from '#modules/integrations/integrations.events.js';
import { INTEGRATION_JOBS } from '#modules/integrations/integrations.jobs.js';
import { IntegrationsModule } from '#modules/integrations/integrations.module.js';
import { INVITATION_EVENTS } from '#modules/invitations/invitations.events.js';
import { INVITATION_JOBS } from '#modules/invitations/invitations.jobs.js';
import { InvitationsModule } from '#modules/invitations/invitations.module.js';
import { NoticesModule } from '#modules/notices/notices.module.js';
import { ORGANIZATION_EVENTS } from '#modules/organizations/organizations.events.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { SCIM_EVENTS } from '#modules/scim/scim.events.js';
import { ScimModule } from '#modules/scim/scim.module.js';
import { SSO_EVENTS } from '#modules/sso/sso.events.js';
import { SsoModule } from '#modules/sso/sso.module.js';
import { STRIPE_JOBS } from '#modules/stripe/stripe.jobs.js';
import { StripeModule } from '#modules/stripe/stripe.module.js';
import { TICKET_EVENTS } from '#modules/tickets/tickets.events.js';
import { TICKET_JOBS } from '#modules/tickets/tickets.jobs.js';
import { TicketsModule } from '#modules/tickets/tickets.module.js';
import { USER_EVENTS } from '#modules/users/users.events.js';
import { ATTACHMENT_EVENTS } from '#modules/attachments/attachments.events.js';
import { ATTACHMENTS_JOBS } from '#modules/attachments/attachments.jobs.js';
import { AttachmentsModule } from '#modules/attachments/attachments.module.js';
import { CUSTOMER_EVENTS } from '#modules/customers/customers.events.js';
import { CUSTOMERS_JOBS } from '#modules/customers/customers.jobs.js';
import { CustomersModule } from '#modules/customers/customers.module.js';
import { EXPORT_EVENTS } from '#modules/exports/exports.events.js';
import { EXPORTS_JOBS } from '#modules/exports/exports.jobs.js';
import { ExportsModule } from '#modules/exports/exports.module.js';
import { FIELD_EVENTS } from '#modules/fields/fields.events.js';
import { FieldsModule } from '#modules/fields/fields.module.js';
import { MACRO_EVENTS } from '#modules/macros/macros.events.js';
import { MacrosModule } from '#modules/macros/macros.module.js';
import { McpModule } from '#modules/mcp/mcp.module.js';
import { NOTIFICATIONS_JOBS } from '#modules/notifications/notifications.jobs.js';
import { NOTIFICATION_EVENTS } from '#modules/notifications/notifications.events.js';
import { NotificationsModule } from '#modules/notifications/notifications.module.js';
import { OPERATION_EVENTS } from '#modules/operations/operations.events.js';
import { OPERATIONS_JOBS } from '#modules/operations/operations.jobs.js';
import { OperationsModule } from '#modules/operations/operations.module.js';
import { PresenceModule } from '#modules/presence/presence.module.js';
import { REPLY_EVENTS } from '#modules/replies/replies.events.js';
import { RepliesModule } from '#modules/replies/replies.module.js';
import { SEARCH_JOBS } from '#modules/search/search.jobs.js';
import { PORTABILITY_EVENTS } from '#modules/portability/portability.events.js';
import { PortabilityModule } from '#modules/portability/portability.module.js';
import { SearchModule } from '#modules/search/search.module.js';
import { SUPPORT_EVENTS } from '#modules/support/support.events.js';
import { SupportModule } from '#modules/support/support.module.js';
import { TEAM_EVENTS } from '#modules/teams/teams.events.js';
import { TEAM_JOBS } from '#modules/teams/teams.jobs.js';
import { TeamsModule } from '#modules/teams/teams.module.js';
import { VIEW_EVENTS } from '#modules/views/views.events.js';
import { ViewsModule } from '#modules/views/views.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { WEBHOOK_EVENTS } from '#modules/webhooks/webhooks.events.js';
import { WEBHOOK_JOBS } from '#modules/webhooks/webhooks.jobs.js';
import { WebhooksModule } from '#modules/webhooks/webhooks.module.js';

/** Everything that is recorded, room by room: what `GET /event-types` and docs/events.md tell. */
export const EVENTS: EventDeclaration[] = [
  ...ORGANIZATION_EVENTS,
  ...USER_EVENTS,
  ...INVITATION_EVENTS,
  ...AUTH_EVENTS,
  ...FACTOR_EVENTS,
  ...INTEGRATION_EVENTS,
  ...TICKET_EVENTS,
  ...EMAIL_EVENTS,
  ...SSO_EVENTS,
  ...SCIM_EVENTS,
  ...AUDIT_EVENTS,
  ...TEAM_EVENTS,
  ...FIELD_EVENTS,
  ...CUSTOMER_EVENTS,
  ...ATTACHMENT_EVENTS,
  ...REPLY_EVENTS,
  ...MACRO_EVENTS,
  ...NOTIFICATION_EVENTS,
  ...OPERATION_EVENTS,
  ...VIEW_EVENTS,
  ...EXPORT_EVENTS,
  ...WEBHOOK_EVENTS,
  ...PORTABILITY_EVENTS,
  ...BILLING_EVENTS,
  ...SUPPORT_EVENTS,
];

const CORE = [
  SettingsModule,
  LoggingModule,
  DatabaseModule,
  LedgerModule.with(EVENTS),
  TenancyModule,
  LimitsModule,
  IdempotencyModule,
  HttpModule,
];
const ROOMS = [
  OrganizationsModule,
  UsersModule,
  AuthModule,
  IntegrationsModule,
  TicketsModule,
  EmailModule,
  NoticesModule,
  FactorsModule,
  InvitationsModule,
  DeparturesModule,
  SsoModule,
  ScimModule,
  AuditModule,
  TeamsModule,
  FieldsModule,
  CustomersModule,
  AttachmentsModule,
  RepliesModule,
  MacrosModule,
  PresenceModule,
  NotificationsModule,
  OperationsModule,
  ViewsModule,
  ExportsModule,
  SearchModule,
  WebhooksModule,
  BillingModule,
  StripeModule,
  UsageModule,
  McpModule,
  PortabilityModule,
  SupportModule,
  AdminModule,
];

/** Which work follows from which event: the whole map. */
const JOB_TABLE: JobTable = {
  contracts: [
    ...TICKET_JOBS,
    ...INVITATION_JOBS,
    ...INTEGRATION_JOBS,
    ...EMAIL_JOBS,
    ...NOTIFICATIONS_JOBS,
    ...OPERATIONS_JOBS,
    ...EXPORTS_JOBS,
    ...SEARCH_JOBS,
    ...STRIPE_JOBS,
    ...ATTACHMENTS_JOBS,
    ...CUSTOMERS_JOBS,
    ...TEAM_JOBS,
    ...WEBHOOK_JOBS,
  ],
  eventTypes: EVENTS.map(({ type }) => type),
};

/** Every room of the house, with or without the worker in it. */
@Module({})
export class AppModule {
  static with({ worker }: { worker: boolean }): DynamicModule {
    const jobs: DynamicModule[] = worker ? [JobsModule.forWorker(JOB_TABLE, ROOMS as Type[])] : [];
    return { module: AppModule, imports: [...CORE, ...ROOMS, ...jobs] };
  }
}
