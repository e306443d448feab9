import { ApiProperty } from '@nestjs/swagger';

const count = { type: 'integer', nullable: true } as const;

export class PlanDto {
  @ApiProperty({ example: 'team' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ example: 'Team' })
  name!: string;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217.' })
  currency!: string;

  @ApiProperty({ type: 'integer', description: 'A seat and month, in the smallest unit.' })
  monthlyPrice!: number;

  @ApiProperty({ type: 'integer', description: 'A seat and year, in the smallest unit.' })
  yearlyPrice!: number;

  @ApiProperty({ type: 'integer' })
  trialDays!: number;

  @ApiProperty({ ...count, description: 'The most seats that can be taken; null: any number.' })
  seats!: number | null;

  @ApiProperty(count)
  ticketsAMonth!: number | null;

  @ApiProperty(count)
  storageBytes!: number | null;

  @ApiProperty(count)
  callsAMinute!: number | null;

  @ApiProperty({ type: [String], example: ['sso', 'custom_roles', 'sla'] })
  features!: string[];
}
