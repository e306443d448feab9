import type { components } from './schema.js';

type Schemas = components['schemas'];

/** A person's place in the organization. `role` is a built-in name or a custom role's id. */
export type User = Schemas['UserDto'];
export type Session = Schemas['SignedInDto'];
export type Ticket = Schemas['TicketDto'];
export type Message = Schemas['MessageDto'];
export type Mail = Schemas['OutboundMailDto'];

/** Whoever uses the dashboard is a person; `user` is null for an API key alone. */
export type Me = Omit<Schemas['MeDto'], 'user' | 'permissions'> & {
  user: User;
  permissions: string[];
};

export type SupportAccess = Schemas['SupportAccessDto'];
export type Announcement = Schemas['AnnouncementDto'];
export type OwnOrganization = Schemas['OwnOrganizationDto'];
export type OwnSession = Schemas['SessionDto'];
export type Passkey = Schemas['PasskeyDto'];
export type TotpSetup = Schemas['NewTotpDto'];

export type Permission = Schemas['CreateRoleDto']['permissions'][number];
export type Role = Schemas['RoleDto'];
export type PermissionInfo = Schemas['PermissionDto'];
export type Invitation = Schemas['InvitationDto'];
/** What an invitation's link says to whoever follows it. */
export type InvitationOffer = Schemas['OfferDto'];

export type Organization = Schemas['OrganizationSettingsDto'];
export type SecurityPolicy = Schemas['SecurityPolicyDto'];
export type SsoConnection = Schemas['SsoConnectionDto'];
export type SsoDomain = Schemas['SsoDomainDto'];

export type ApiKey = Schemas['ApiKeyDto'];
export type ApiScope = Schemas['CreateApiKeyDto']['scopes'][number];
export type ApiKeyCall = Schemas['ApiKeyCallDto'];

export type AuditEvent = Schemas['AuditEventDto'];
export type AuditVerification = Schemas['VerificationDto'];

export type TicketStatus = Ticket['status'];
export type TicketPriority = Ticket['priority'];
