import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsUUID,
  Max,
  Min,
} from 'class-validator';
import { IsName } from '#core/http/field-rules.js';
import { SupportAccessDto } from '#modules/support/dto/support-access.dto.js';
import {
  MOST_HOURS,
  SUPPORT_SCOPES,
  type SupportScope,
} from '#modules/support/support-terms.service.js';

export class NewSupportAccessDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  organizationId!: string;

  @ApiProperty({ minLength: 1, maxLength: 500, description: 'Told to the organization.' })
  @IsName(500)
  reason!: string;

  @ApiProperty({
    isArray: true,
    enum: SUPPORT_SCOPES,
    minItems: 1,
    maxItems: SUPPORT_SCOPES.length,
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(SUPPORT_SCOPES.length)
  @ArrayUnique()
  @IsIn(SUPPORT_SCOPES, { each: true })
  scopes!: SupportScope[];

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MOST_HOURS })
  @IsInt()
  @Min(1)
  @Max(MOST_HOURS)
  hours!: number;
}

export class StaffSupportAccessDto extends SupportAccessDto {
  @ApiProperty({ format: 'uuid' })
  organizationId!: string;

  @ApiProperty({ example: 'Acme Support' })
  organizationName!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The operator who wants to let them in without the organization: one more must.',
  })
  firstOperatorId!: string | null;
}

export class SupportCredentialDto {
  @ApiProperty({
    description: 'Send it as `Authorization: Bearer …` to the routes of the organization.',
  })
  accessToken!: string;

  @ApiProperty({ type: 'integer', example: 600, description: 'Seconds until it ends.' })
  expiresIn!: number;

  @ApiProperty({ format: 'date-time', description: 'When the access itself ends.' })
  accessEndsAt!: string;
}
