import { schemaOfEvent, type EventDeclaration } from '#core/ledger/event-catalogue.js';
import type { EventTypeDto } from './dto/event-type.dto.js';

/** The type as integrators see it. */
export function toEventTypeDto(declaration: EventDeclaration): EventTypeDto {
  const { type, says, subject } = declaration;
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  return { type, description: says, subject, schema: { $schema, ...schemaOfEvent(declaration) } };
}
