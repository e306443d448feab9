export const categories = ['open', 'pending', 'on_hold', 'solved', 'closed'] as const;
export const fieldKinds = ['text', 'number', 'date', 'select', 'multi_select', 'checkbox'] as const;
export const fieldSubjects = ['ticket', 'customer', 'company'] as const;
export const scopes = ['personal', 'team', 'organization'] as const;

export type Category = (typeof categories)[number];
export type FieldKind = (typeof fieldKinds)[number];
export type FieldSubject = (typeof fieldSubjects)[number];
export type Scope = (typeof scopes)[number];

/** What every thing that is set up has. */
export interface Setting {
  id: string;
  name: string;
  archivedAt?: string | null;
  /** Sent along with a change, so that nobody's is lost. */
  version?: number;
}

export interface Team extends Setting {
  description: string;
  isDefault: boolean;
  memberCount: number;
}

export interface State extends Setting {
  category: Category;
  position: number;
  isDefault: boolean;
}

export interface FieldOption {
  id: string;
  name: string;
  isArchived?: boolean;
}

export interface CustomField extends Setting {
  subject: FieldSubject;
  key: string;
  kind: FieldKind;
  description: string;
  options: FieldOption[];
  requiredOnSolve: boolean;
  position: number;
}

export interface CannedReply extends Setting {
  html: string;
  scope: Scope;
  teamId: string | null;
}

export interface MacroAction {
  type: string;
  value?: unknown;
}

export interface Macro extends Setting {
  description: string;
  actions: MacroAction[];
  scope: Scope;
  teamId: string | null;
}
