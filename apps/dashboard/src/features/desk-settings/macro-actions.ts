import type { MacroAction } from './types.js';

/** Everything that a macro can do, in the order in which it is offered. */
export const actionTypes = [
  'set_status',
  'set_state',
  'set_priority',
  'set_type',
  'assign',
  'assign_me',
  'set_team',
  'add_tags',
  'remove_tags',
  'set_field',
  'snooze_hours',
  'reply',
  'note',
] as const;

export type ActionType = (typeof actionTypes)[number];

/** What an action begins with, so that it says something from the start. */
export function firstValue(type: ActionType): MacroAction {
  switch (type) {
    case 'set_status':
      return { type, value: 'pending' };
    case 'set_priority':
      return { type, value: 'normal' };
    case 'set_type':
      return { type, value: 'question' };
    case 'add_tags':
    case 'remove_tags':
      return { type, value: [] };
    case 'snooze_hours':
      return { type, value: 24 };
    case 'reply':
    case 'note':
    case 'set_state':
      return { type, value: '' };
    case 'assign':
    case 'set_team':
      return { type, value: null };
    case 'set_field':
      return { type, value: { key: '', value: null } };
    case 'assign_me':
      return { type };
  }
}
