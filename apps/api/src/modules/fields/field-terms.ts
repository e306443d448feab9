/** What a custom field can be of, and what kinds of values there are. */
export const FIELD_SUBJECTS = ['ticket', 'customer', 'company'] as const;
export const FIELD_KINDS = [
  'text',
  'number',
  'date',
  'select',
  'multi_select',
  'checkbox',
] as const;

export type FieldSubject = (typeof FIELD_SUBJECTS)[number];
export type FieldKind = (typeof FIELD_KINDS)[number];

/** How much there may be. */
export const LONGEST_TEXT = 500;
export const MOST_OPTIONS = 200;
export const MOST_FIELDS = 300;

/** One of the values that a choosing field offers. One that is offered no more keeps its name for what was stored. */
export interface FieldOption {
  id: string;
  name: string;
  isArchived: boolean;
}

/** The values of custom fields by their keys, as they are stored. */
export type FieldValues = Record<string, FieldValue>;
export type FieldValue = string | number | boolean | string[];
