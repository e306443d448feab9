import type { ArchiveDto } from './dto/archive.dto.js';
import { progressOf, type ExportRow } from './exports.view.js';

/** What rows of whole organizations are told from others by. */
export const ARCHIVE = { kind: 'organization' } as const;

export function toArchiveDto(row: ExportRow, now: Date): ArchiveDto {
  return { id: row.id, ...progressOf(row, now) };
}
