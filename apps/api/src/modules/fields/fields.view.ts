import type { FieldDto } from './dto/field.dto.js';
import type { FieldOption } from './field-terms.js';

export const fieldSelect = {
  id: true,
  subject: true,
  key: true,
  kind: true,
  name: true,
  description: true,
  options: true,
  requiredOnSolve: true,
  position: true,
  archivedAt: true,
  version: true,
} as const;

export interface FieldRow {
  id: string;
  subject: string;
  key: string;
  kind: string;
  name: string;
  description: string;
  options: unknown;
  requiredOnSolve: boolean;
  position: number;
  archivedAt: Date | null;
  version: number;
}

export function toFieldDto(row: FieldRow): FieldDto {
  return {
    ...row,
    options: row.options as FieldOption[],
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
}
