import {
  accessSelect,
  toSupportAccessDto,
  type AccessRow,
} from '#modules/support/support-view.service.js';
import type { StaffSupportAccessDto } from './dto/support-request.dto.js';

/** What of an access the staff see. */
export const requestSelect = { ...accessSelect, firstOperatorId: true } as const;

export interface RequestRow extends AccessRow {
  firstOperatorId: string | null;
}

/** An access as the staff see it, who ask many organizations. */
export function toStaffAccessDto(
  row: RequestRow,
  organizationName: string,
  now: Date,
): StaffSupportAccessDto {
  const { organizationId, firstOperatorId } = row;
  return { ...toSupportAccessDto(row, now), organizationId, organizationName, firstOperatorId };
}
