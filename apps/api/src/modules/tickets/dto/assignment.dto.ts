import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, ValidateIf } from 'class-validator';
import { IsId } from './field-rules.js';

export class AssignmentDto {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'A person of the organization; null for nobody.',
  })
  @ValidateIf(
    ({ assigneeId, teamId }: AssignmentDto) =>
      assigneeId !== null && (assigneeId !== undefined || teamId === undefined),
  )
  @IsId()
  assigneeId?: string | null;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  @IsOptional()
  @IsId()
  teamId?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Who must have the ticket now, null for nobody; 409 when somebody else has it.',
  })
  @IsOptional()
  @IsId()
  ifAssigneeId?: string | null;
}
