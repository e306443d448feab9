import type { AuditEventDto } from './dto/audit-event.dto.js';

export interface TrailRow {
  organizationId: string;
  seq: number;
  id: string;
  type: string;
  occurredAt: string;
  actorType: string;
  actorId: string | null;
  actorName: string | null;
  subjectType: string;
  subjectId: string;
  data: Record<string, unknown> | null;
  changes: Record<string, unknown> | null;
  requestId: string | null;
  causationId: string | null;
  operationId: string | null;
  depth: number;
  counted: number;
}

export function toAuditEventDto({
  actorType,
  actorId,
  actorName,
  subjectType,
  subjectId,
  counted: _,
  ...event
}: TrailRow): AuditEventDto {
  return {
    ...event,
    actor: { type: actorType, id: actorId, name: actorName },
    subject: { type: subjectType, id: subjectId },
  };
}
