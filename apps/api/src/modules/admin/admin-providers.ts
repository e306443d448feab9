import { Announcements } from './announcements.service.js';
import { BreakGlass } from './break-glass.service.js';
import { ErasureCertificates } from './erasure-certificates.service.js';
import { FailedJobs } from './failed-jobs.service.js';
import { KnownStaffWriter } from './known-staff.service.js';
import { OrganizationTurns } from './organization-turns.service.js';
import { StaffActs } from './staff-acts.service.js';
import { StaffAnnouncements } from './staff-announcements.service.js';
import { StaffBilling } from './staff-billing.service.js';
import { StaffDirectory } from './staff-directory.service.js';
import { StaffFactors } from './staff-factors.service.js';
import { StaffFeatures } from './staff-features.service.js';
import { StaffInvoices } from './staff-invoices.service.js';
import { StaffMembers } from './staff-members.service.js';
import { StaffOperations } from './staff-operations.service.js';
import { StaffOrganizations } from './staff-organizations.service.js';
import { StaffPlans } from './staff-plans.service.js';
import { StaffSessions } from './staff-sessions.service.js';
import { StaffSignIn } from './staff-sign-in.service.js';
import { SupportRequests } from './support-requests.service.js';

/** What the room of the staff is made of. */
export const ADMIN_PROVIDERS = [
  Announcements,
  BreakGlass,
  ErasureCertificates,
  FailedJobs,
  KnownStaffWriter,
  OrganizationTurns,
  StaffActs,
  StaffAnnouncements,
  StaffBilling,
  StaffDirectory,
  StaffFactors,
  StaffFeatures,
  StaffInvoices,
  StaffMembers,
  StaffOperations,
  StaffOrganizations,
  StaffPlans,
  StaffSessions,
  StaffSignIn,
  SupportRequests,
];
