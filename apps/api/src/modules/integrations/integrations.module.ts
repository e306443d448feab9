import { Module } from '@nestjs/common';
import { ApiKeyCalls } from './api-key-calls.service.js';
import { ApiKeyJournal } from './api-key-journal.service.js';
import { ApiKeyJournalWriter } from './api-key-journal-writer.service.js';
import { ApiKeyPrincipals } from './api-key-principals.service.js';
import { ApiKeyRights } from './api-key-rights.service.js';
import { ApiKeyRotation } from './api-key-rotation.service.js';
import { ApiKeyStandings } from './api-key-standings.service.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysService } from './api-keys.service.js';
import { EndedSecrets } from './ended-secrets.service.js';
import { EventRetention } from './event-retention.service.js';
import { EventStreams } from './event-streams.service.js';
import { EventTypesController } from './event-types.controller.js';
import { EventWaits } from './event-waits.service.js';
import { EventsController } from './events.controller.js';
import { EventsService } from './events.service.js';
import { TellEndedSecretsJob } from './jobs/tell-ended-secrets.job.js';

const FEED = [EventsService, EventStreams, EventRetention, EventWaits];

/** Programs that work with a desk: their keys and what they do, and the feed of everything that happens. */
@Module({
  controllers: [ApiKeysController, EventsController, EventTypesController],
  providers: [
    ApiKeysService,
    ApiKeyRights,
    ApiKeyRotation,
    ApiKeyStandings,
    ApiKeyPrincipals,
    ApiKeyCalls,
    ApiKeyJournal,
    ApiKeyJournalWriter,
    EndedSecrets,
    TellEndedSecretsJob,
    ...FEED,
  ],
  exports: [ApiKeyPrincipals, ApiKeyStandings, ApiKeysService, EventsService, EventRetention],
})
export class IntegrationsModule {}
