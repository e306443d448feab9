import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock, SystemClock } from '../context/clock.js';
import { EventCatalogue, type EventDeclaration } from './event-catalogue.js';
import { Ledger } from './ledger.service.js';

/** The log of every organization, and the catalogue of what may stand in it. */
@Global()
@Module({
  providers: [Ledger, { provide: Clock, useClass: SystemClock }],
  exports: [Ledger, Clock],
})
export class LedgerModule {
  /** `events` are all that the rooms declare. Throws when two declare the same. */
  static with(events: readonly EventDeclaration[]): DynamicModule {
    const catalogue = { provide: EventCatalogue, useValue: new EventCatalogue(events) };
    return { module: LedgerModule, providers: [catalogue], exports: [EventCatalogue] };
  }
}
