import type { MacroAction } from './macro-actions.js';
import type { MacroDto, MacroScope } from './dto/macro.dto.js';

/** What of a macro leaves the room; its version leaves as its entity tag. */
export const macroSelect = {
  id: true,
  name: true,
  description: true,
  actions: true,
  scope: true,
  teamId: true,
  version: true,
  createdAt: true,
  updatedAt: true,
} as const;

export interface MacroRow {
  id: string;
  name: string;
  description: string;
  actions: unknown;
  scope: string;
  teamId: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** A macro with its version. */
export type VersionedMacro = MacroDto & { version: number };

export function toMacroDto(row: MacroRow): VersionedMacro {
  return {
    ...row,
    actions: row.actions as MacroAction[],
    scope: row.scope as MacroScope,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
