import { Module } from '@nestjs/common';
import { IntegrationsModule } from '#modules/integrations/integrations.module.js';
import { SearchModule } from '#modules/search/search.module.js';
import { TicketsModule } from '#modules/tickets/tickets.module.js';
import { DraftTools } from './draft-tools.service.js';
import { EventTools } from './event-tools.service.js';
import { DeskServer } from './mcp-server.service.js';
import { TicketTools } from './ticket-tools.service.js';

/** What is behind the endpoint. Loaded when it is first called: see {@link DeskLoader}. */
@Module({
  imports: [TicketsModule, SearchModule, IntegrationsModule],
  providers: [DeskServer, TicketTools, EventTools, DraftTools],
})
export class McpToolsModule {}
