import type { MessageKey, Translate } from '../../messages/catalog.js';
import { accessEn } from '../../messages/access-en.js';

const prefix = 'event.';

/** Every kind of event of the trail that has a name in words, in the order of the catalogue. */
export const eventTypes: string[] = Object.keys(accessEn)
  .filter((key) => key.startsWith(prefix))
  .map((key) => key.slice(prefix.length));

/** The domains of the events, each of which can be chosen as a whole. */
export const eventDomains: string[] = [...new Set(eventTypes.map((type) => type.split('.')[0]!))];

/** What happened, in words; a kind that a later version of the API knows keeps its own name. */
export function eventName(t: Translate, type: string): string {
  return eventTypes.includes(type) ? t(`${prefix}${type}` as MessageKey) : type;
}
