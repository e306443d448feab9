import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IsName } from '#core/http/field-rules.js';
import { StaffPlanStandingDto } from './staff-plan-standing.dto.js';

/** Whether an organization may work. */
export const STATUSES = ['active', 'suspended', 'to_be_deleted'] as const;

export class StaffReasonDto {
  @ApiProperty({ minLength: 1, maxLength: 500, description: 'Kept with what the staff did.' })
  @IsName(500)
  reason!: string;
}

export class StaffDeletionDto extends StaffReasonDto {
  @ApiProperty({ maxLength: 200, description: 'The slug, typed to show that this one is meant.' })
  @IsString()
  @Length(1, 200)
  slug!: string;
}

export class StaffOrganizationDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Acme Support' })
  name!: string;

  @ApiProperty({ example: 'acme-support-4f2k' })
  slug!: string;

  @ApiProperty({ enum: STATUSES })
  status!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  suspendedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deleteAfter!: string | null;

  @ApiProperty({
    type: StaffPlanStandingDto,
    nullable: true,
    description: 'Null: nothing bounds it.',
  })
  plan!: StaffPlanStandingDto | null;
}
