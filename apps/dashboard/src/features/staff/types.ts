import type { components } from '../../api/schema.js';

type Schemas = components['schemas'];

export type Staff = Schemas['StaffDto'];
export type StaffRight = Staff['permissions'][number];
export type StaffRole = Staff['role'];
export type StaffSession = Schemas['StaffSignedInDto'];
export type StaffChallenge = Schemas['StaffChallengeDto'];

export type StaffOrganization = Schemas['StaffOrganizationDto'];
export type OrganizationHealth = Schemas['OrganizationHealthDto'];
export type ErasureCertificate = Schemas['ErasureCertificateDto'];
export type OrganizationFeature = Schemas['OrganizationFeatureDto'];
export type SharedFeature = Schemas['StaffFeatureDto'];
export type StaffAnnouncement = Schemas['StaffAnnouncementDto'];
export type NewAnnouncement = Schemas['NewAnnouncementDto'];

export type AskedAccess = Schemas['StaffSupportAccessDto'];
export type SupportScope = Schemas['NewSupportAccessDto']['scopes'][number];

export type TroubledOrganization = Schemas['TroubledOrganizationDto'];
export type FailedJob = Schemas['FailedJobDto'];
export type StaffAct = Schemas['StaffActDto'];

export type StaffBilling = Schemas['StaffBillingDto'];
export type NewOverride = Schemas['NewOverrideDto'];
export type OverrideTerms = Schemas['OverrideTermsDto'];
export type StaffInvoice = Schemas['StaffInvoiceDto'];
export type StaffPlan = Schemas['StaffPlanDto'];
export type NewPlanVersion = Schemas['NewPlanVersionDto'];
