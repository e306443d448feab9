import { ApiProperty } from '@nestjs/swagger';
import { PLAN_ACCESSES, type PlanAccess } from '#core/tenancy/entitlement-terms.js';
import { FEATURE_NAMES } from '#core/tenancy/feature-registry.js';
import { PERMISSION_NAMES } from '#core/tenancy/permissions.js';
import { OrganizationDto } from '#modules/organizations/dto/organization.dto.js';
import { UserDto } from '#modules/users/dto/user.dto.js';

class OwnFactorsDto {
  @ApiProperty({ description: 'Whether an authenticator app is set up.' })
  totp!: boolean;

  @ApiProperty({ type: 'integer' })
  passkeys!: number;

  @ApiProperty({ type: 'integer' })
  recoveryCodesLeft!: number;
}

class OwnPlanDto {
  @ApiProperty({ description: 'Whether plans are sold here; if not, everybody may everything.' })
  isSold!: boolean;

  @ApiProperty({
    enum: PLAN_ACCESSES,
    description: 'What is left to do when the plan is not paid for: all of it, reading, nothing.',
  })
  access!: PlanAccess;

  @ApiProperty({
    description:
      'False for whoever came after the seats of a plan that became smaller: they read and change nothing. An API key takes none.',
  })
  hasSeat!: boolean;
}

export class MeDto {
  @ApiProperty({ type: UserDto, nullable: true, description: 'Null for an API key.' })
  user!: UserDto | null;

  @ApiProperty()
  organization!: OrganizationDto;

  @ApiProperty({ type: OwnPlanDto })
  plan!: OwnPlanDto;

  @ApiProperty({ enum: PERMISSION_NAMES, isArray: true })
  permissions!: string[];

  @ApiProperty({ enum: FEATURE_NAMES, isArray: true, description: 'What the organization has.' })
  features!: string[];

  @ApiProperty({ type: String, nullable: true, description: 'Null for an API key.' })
  email!: string | null;

  @ApiProperty({ description: 'False for those who come by single sign-on or a passkey alone.' })
  hasPassword!: boolean;

  @ApiProperty({ type: OwnFactorsDto, nullable: true, description: 'Null for an API key.' })
  secondFactor!: OwnFactorsDto | null;
}
