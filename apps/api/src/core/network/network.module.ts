import { Module } from '@nestjs/common';
import { DnsTxt } from './dns-txt.js';
import { GuardedFetch } from './guarded-fetch.js';
import { HostResolver } from './host-resolver.js';

/** Ways out of this server to where tenants point. */
@Module({
  providers: [DnsTxt, HostResolver, GuardedFetch],
  exports: [DnsTxt, GuardedFetch],
})
export class NetworkModule {}
