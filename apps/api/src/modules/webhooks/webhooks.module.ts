import { Module } from '@nestjs/common';
import { NetworkModule } from '#core/network/network.module.js';
import { NoticesModule } from '#modules/notices/notices.module.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { UsersModule } from '#modules/users/users.module.js';
import { TellDisabledJob } from './jobs/tell-disabled.job.js';
import { WebhookClaims } from './webhook-claims.service.js';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';
import { WebhookEndpointsController } from './webhook-endpoints.controller.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';
import { WebhookFanOut } from './webhook-fan-out.service.js';
import { WebhookNotice } from './webhook-notice.service.js';
import { WebhookOutcomes } from './webhook-outcomes.service.js';
import { WebhookPost } from './webhook-post.service.js';
import { WebhookReplays } from './webhook-replays.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhookTidying } from './webhook-tidying.service.js';

/** Events, sent to where an organization wants them. */
@Module({
  imports: [NetworkModule, UsersModule, OrganizationsModule, NoticesModule],
  controllers: [WebhookEndpointsController, WebhookDeliveriesController],
  providers: [
    WebhookEndpoints,
    WebhookSecrets,
    WebhookDeliveries,
    WebhookReplays,
    WebhookFanOut,
    WebhookClaims,
    WebhookPost,
    WebhookOutcomes,
    WebhookSender,
    WebhookNotice,
    WebhookTidying,
    TellDisabledJob,
  ],
})
export class WebhooksModule {}
