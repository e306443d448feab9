import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsString, MaxLength } from 'class-validator';
import { PERMISSION_NAMES, type Permission } from '#core/tenancy/permissions.js';
import { IfSent, IsName, Trimmed } from '#core/http/field-rules.js';

/** What only an owner may do is not for a role of one's own: an owner is called one. */
const GIVEABLE = PERMISSION_NAMES.filter((name) => name !== 'organization:own');

export class RoleDto {
  @ApiProperty({ description: 'The name of a built-in role, the UUID of a custom one.' })
  id!: string;

  @ApiProperty({ example: 'Night shift' })
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ enum: PERMISSION_NAMES, isArray: true })
  permissions!: string[];

  @ApiProperty({ description: 'Every organization has it, and it cannot be changed.' })
  builtIn!: boolean;

  @ApiProperty({ type: 'integer', description: 'People who have it, deactivated ones included.' })
  memberCount!: number;
}

export class PermissionDto {
  @ApiProperty({ example: 'tickets:read' })
  name!: string;

  @ApiProperty({ example: 'See tickets, their messages and requesters.' })
  sentence!: string;
}

export class CreateRoleDto {
  @ApiProperty({ minLength: 1, maxLength: 60, example: 'Night shift' })
  @IsName(60)
  name!: string;

  @ApiPropertyOptional({ maxLength: 300 })
  @IfSent()
  @Trimmed()
  @IsString()
  @MaxLength(300)
  description?: string;

  @ApiProperty({ enum: GIVEABLE, isArray: true, minItems: 1 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(GIVEABLE, { each: true })
  permissions!: Permission[];
}

export class ChangeRoleDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 60 })
  @IfSent()
  @IsName(60)
  name?: string;

  @ApiPropertyOptional({ maxLength: 300 })
  @IfSent()
  @Trimmed()
  @IsString()
  @MaxLength(300)
  description?: string;

  @ApiPropertyOptional({ enum: GIVEABLE, isArray: true, minItems: 1 })
  @IfSent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(GIVEABLE, { each: true })
  permissions?: Permission[];
}
