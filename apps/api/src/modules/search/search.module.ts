import { Module } from '@nestjs/common';
import { TicketsModule } from '#modules/tickets/tickets.module.js';
import { FoundTickets } from './found-tickets.service.js';
import { IndexSearchJob } from './jobs/index-search.job.js';
import { SearchFilters } from './search-filters.service.js';
import { SearchIndex } from './search-index.service.js';
import { SearchMatches } from './search-matches.service.js';
import { SearchRebuild } from './search-rebuild.service.js';
import { SearchTermReader } from './search-terms.service.js';
import { SearchController } from './search.controller.js';
import { Search } from './search.service.js';

/** Tickets by words. */
@Module({
  imports: [TicketsModule],
  controllers: [SearchController],
  providers: [
    Search,
    SearchFilters,
    SearchTermReader,
    FoundTickets,
    SearchMatches,
    SearchIndex,
    SearchRebuild,
    IndexSearchJob,
  ],
  exports: [Search, SearchRebuild],
})
export class SearchModule {}
