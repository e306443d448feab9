import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IsAddress, IsName } from '#core/http/field-rules.js';
import {
  STAFF_PERMISSION_NAMES,
  STAFF_ROLES,
  type StaffRole,
} from '#core/tenancy/staff-permissions.js';

export class NewStaffDto {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsAddress()
  email!: string;

  @ApiProperty({ minLength: 1, maxLength: 100, example: 'Sam Staff' })
  @IsName(100)
  name!: string;

  @ApiProperty({ enum: STAFF_ROLES })
  @IsIn(STAFF_ROLES)
  role!: StaffRole;
}

export class StaffDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'sam@desk.example' })
  email!: string;

  @ApiProperty({ example: 'Sam Staff' })
  name!: string;

  @ApiProperty({ enum: STAFF_ROLES })
  role!: StaffRole;

  @ApiProperty({ isArray: true, enum: STAFF_PERMISSION_NAMES })
  permissions!: string[];

  @ApiProperty({ description: 'Whether they have set up their app: without it they do nothing.' })
  hasSecondFactor!: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;
}

export class CreatedStaffDto {
  @ApiProperty()
  staff!: StaffDto;

  @ApiProperty({ description: 'Shown this once: hand it over, to be changed.' })
  password!: string;
}
