import { TellAssignedJob } from './jobs/tell-assigned.job.js';
import { TellCreatedJob } from './jobs/tell-created.job.js';
import { TellCustomerRepliedJob } from './jobs/tell-customer-replied.job.js';
import { TellMentionedJob } from './jobs/tell-mentioned.job.js';
import { NotificationMails } from './notification-mails.service.js';
import { NotificationNotice } from './notification-notice.service.js';
import { NotificationPosting } from './notification-posting.service.js';
import { NotificationPreferencesController } from './notification-preferences.controller.js';
import { Preferences } from './notification-preferences.service.js';
import { NotificationTelling } from './notification-telling.service.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsService } from './notifications.service.js';
import { UnsubscribeLinks } from './unsubscribe-links.service.js';
import { UnsubscriptionsController } from './unsubscriptions.controller.js';

export const NOTIFICATIONS_CONTROLLERS = [
  NotificationsController,
  NotificationPreferencesController,
  UnsubscriptionsController,
];

export const NOTIFICATIONS_PROVIDERS = [
  NotificationsService,
  Preferences,
  NotificationPosting,
  NotificationTelling,
  NotificationMails,
  NotificationNotice,
  UnsubscribeLinks,
  ...[TellMentionedJob, TellAssignedJob, TellCustomerRepliedJob, TellCreatedJob],
];
