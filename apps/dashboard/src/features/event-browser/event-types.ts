import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import type { Page } from '../../api/desk-types.js';
import type { MessageKey, Translate } from '../../messages/catalog.js';
import { eventDomains, eventName } from '../audit/event-names.js';

/** A type of event, as the catalogue of the API declares it. */
export interface EventType {
  type: string;
  /** In English, as the documents have it. */
  description: string;
}

/** Every type that there is, by name. The API gives them whole. */
export const eventTypesQuery = queryOptions({
  queryKey: ['event-types'],
  staleTime: Infinity,
  queryFn: async ({ signal }) => {
    const { data } = await call<Page<EventType>>('GET', '/event-types', { signal });
    return data.toSorted((a, b) => (a.type < b.type ? -1 : 1));
  },
});

const domainOf = (type: string) => type.split('.')[0]!;

/** The types by what they are about. */
export function byDomain(types: EventType[]): { domain: string; types: EventType[] }[] {
  const domains = [...new Set(types.map(({ type }) => domainOf(type)))];
  return domains.map((domain) => ({
    domain,
    types: types.filter(({ type }) => domainOf(type) === domain),
  }));
}

/** What a domain is called; one that a later version of the API knows keeps its own name. */
export function domainName(t: Translate, domain: string): string {
  return eventDomains.includes(domain) ? t(`eventDomain.${domain}` as MessageKey) : domain;
}

/** What a type, or all of a domain, is called. */
export function typeName(t: Translate, type: string): string {
  if (!type.endsWith('.*')) return eventName(t, type);
  return t('webhooks.allOf', { domain: domainName(t, domainOf(type)) });
}
