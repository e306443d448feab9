/** The value of a custom field, by its kind. */
export type FieldValue = string | number | boolean | string[] | null;

/** Who asks. */
export interface Customer {
  id: string;
  name: string;
  /** The main address: replies go there. */
  email: string;
  addresses: string[];
  company: { id: string; name: string } | null;
  notes: string;
  fields: Record<string, FieldValue>;
  mergedIntoId: string | null;
  /** When what is personal of them was erased. */
  erasedAt: string | null;
  ticketCount: number;
  createdAt: string;
}

/** Whom customers work for. */
export interface Company {
  id: string;
  name: string;
  domains: string[];
  notes: string;
  fields: Record<string, FieldValue>;
  customerCount: number;
  ticketCount: number;
  createdAt: string;
}

/** A thing with the tag of the version that was read: sent along, so that nobody's change is lost. */
export interface Tagged<T> {
  thing: T;
  etag: string | null;
}

/** What an organization wants to know beyond what everybody does. */
export interface OwnField {
  id: string;
  key: string;
  kind: 'text' | 'number' | 'date' | 'select' | 'multi_select' | 'checkbox';
  name: string;
  description: string;
  options: { id: string; name: string; isArchived?: boolean }[];
  archivedAt: string | null;
}
