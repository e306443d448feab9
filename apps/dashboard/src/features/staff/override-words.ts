import type { Translate } from '../../messages/catalog.js';
import { count, storage } from '../billing/format.js';
import type { OverrideTerms } from './types.js';

/** What is given instead of what the plan says, a line each. */
export function termLines(t: Translate, language: string, terms: OverrideTerms): string[] {
  const { access, seats, ticketsAMonth, storageBytes, callsAMinute, features } = terms;
  const line = (label: string, value: number | null | undefined, words = count) =>
    value === undefined
      ? []
      : [`${label}: ${value === null ? t('staff.limits.any') : words(value, language)}`];
  return [
    ...(access ? [t(`staff.override.access.${access}`)] : []),
    ...line(t('staff.terms.seats'), seats),
    ...line(t('staff.terms.ticketsAMonth'), ticketsAMonth),
    ...line(t('usage.limit.storageBytes'), storageBytes, storage),
    ...line(t('staff.terms.callsAMinute'), callsAMinute),
    ...(features ?? []).map((feature) => t(`billing.feature.${feature}`)),
  ];
}
