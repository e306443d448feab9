import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { MessageKey } from '../../messages/catalog.js';
import { useIntl } from '../../messages/intl.js';
import { exactDay, exactTime } from '../../messages/time.js';
import { activePeopleQuery } from '../people/queries.js';
import { fieldsQuery, statesQuery, teamsQuery } from '../tickets/ticket-queries.js';
import type { CustomField } from '../tickets/ticket-types.js';

const fieldWords: Record<string, MessageKey> = {
  subject: 'field.subject',
  status: 'field.status',
  stateId: 'field.status',
  state: 'field.status',
  priority: 'field.priority',
  type: 'field.type',
  assigneeId: 'field.assignee',
  assignee: 'field.assignee',
  teamId: 'field.team',
  team: 'field.team',
  requesterId: 'field.requester',
  companyId: 'field.company',
  tags: 'field.tags',
  addTags: 'field.tags',
  removeTags: 'field.tags',
  cc: 'recipients.cc',
  snoozedUntil: 'field.snoozed',
  mergedIntoId: 'field.mergedInto',
  closedAt: 'field.closed',
};

const isTime = /^\d{4}-\d\d-\d\dT/;
const isDay = /^\d{4}-\d\d-\d\d$/;

/** Says names of fields and their values as a person reads them: names for ids, words for codes. */
export function useValueWords() {
  const { t, language } = useIntl();
  const client = useQueryClient();
  const { data: states = [] } = useQuery(statesQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: fields = [] } = useQuery(fieldsQuery);
  const people = client.getQueryData(activePeopleQuery.queryKey) ?? [];

  const nameOf = useCallback(
    (field: string): string => {
      const key = fieldWords[field];
      if (key) return t(key);
      const own = field.replace(/^fields\./, '');
      return fields.find((each) => each.key === own)?.name ?? own;
    },
    [t, fields],
  );

  const custom = (field: CustomField, value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
    const option = (id: unknown) =>
      field.options.find((each) => each.id === id)?.name ?? String(id);
    if (Array.isArray(value)) return value.map(option).join(', ');
    if (field.kind === 'select') return option(value);
    if (field.kind === 'date' && typeof value === 'string') return exactDay(value, language);
    if (typeof value === 'number') return new Intl.NumberFormat(language).format(value);
    return String(value);
  };

  const valueOf = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('value.none');
    if (Array.isArray(value) && value.length === 0) return t('value.none');
    const own = fields.find((each) => `fields.${each.key}` === field);
    if (own) return custom(own, value);
    if (typeof value === 'string' && codes.has(`${field}.${value}`)) {
      return t(`${field}.${value}` as MessageKey);
    }
    if (typeof value === 'object' && !Array.isArray(value)) {
      const { name, number } = value as { name?: string; number?: number };
      return name ?? (number ? t('ticket.number', { number }) : JSON.stringify(value));
    }
    if (Array.isArray(value)) return value.map((each) => valueOf(field, each)).join(', ');
    if (typeof value === 'string') {
      if (isTime.test(value)) return exactTime(value, language);
      if (isDay.test(value)) return exactDay(value, language);
      return (
        states.find(({ id }) => id === value)?.name ??
        teams.find(({ id }) => id === value)?.name ??
        people.find(({ id }) => id === value)?.name ??
        value
      );
    }
    if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : '';
  };

  return { nameOf, valueOf };
}

const codes = new Set([
  ...['open', 'pending', 'on_hold', 'solved', 'closed'].map((each) => `status.${each}`),
  ...['urgent', 'high', 'normal', 'low'].map((each) => `priority.${each}`),
  ...['question', 'incident', 'problem', 'task'].map((each) => `type.${each}`),
]);
