import { AnnouncementsController } from './announcements.controller.js';
import { StaffAnnouncementsController } from './staff-announcements.controller.js';
import { StaffController } from './staff.controller.js';
import { StaffBillingController } from './staff-billing.controller.js';
import { StaffFeaturesController } from './staff-features.controller.js';
import { StaffOperationsController } from './staff-operations.controller.js';
import { StaffOrganizationsController } from './staff-organizations.controller.js';
import { StaffSessionController } from './staff-session.controller.js';
import { StaffPlansController } from './staff-plans.controller.js';
import { SupportRequestsController } from './support-requests.controller.js';

/** The routes of the staff, and the one by which everybody reads what they announce. */
export const ADMIN_CONTROLLERS = [
  StaffSessionController,
  StaffController,
  StaffOrganizationsController,
  StaffBillingController,
  StaffPlansController,
  StaffOperationsController,
  StaffFeaturesController,
  StaffAnnouncementsController,
  SupportRequestsController,
  AnnouncementsController,
];
