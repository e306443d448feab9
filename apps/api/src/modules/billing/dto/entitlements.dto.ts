import { ApiProperty } from '@nestjs/swagger';

export class EntitlementDto {
  @ApiProperty({ enum: ['seats', 'ticketsAMonth', 'storageBytes'] })
  entitlement!: 'seats' | 'ticketsAMonth' | 'storageBytes';

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: any number.' })
  limit!: number | null;

  @ApiProperty({ type: 'integer' })
  used!: number;

  @ApiProperty({ type: 'integer', nullable: true })
  percent!: number | null;
}

export class EntitlementsDto {
  @ApiProperty({ example: 'team' })
  planId!: string;

  @ApiProperty({ enum: ['full', 'read_only', 'suspended'] })
  access!: 'full' | 'read_only' | 'suspended';

  @ApiProperty({ type: 'integer', nullable: true })
  callsAMinute!: number | null;

  @ApiProperty({ type: [String], example: ['sso', 'custom_roles', 'sla'] })
  features!: string[];

  @ApiProperty({ type: [EntitlementDto] })
  limits!: EntitlementDto[];
}
