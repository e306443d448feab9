import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { Trimmed } from '#core/http/field-rules.js';
import { OrganizationDto } from '#modules/organizations/dto/organization.dto.js';
import { UserDto } from '#modules/users/dto/user.dto.js';
import { OldPassword } from './field-rules.js';

export class SignInDto {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @Trimmed()
  @IsString()
  @Length(1, 254)
  email!: string;

  @OldPassword()
  password!: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Which of your organizations; the one used last, if absent.',
  })
  @IsOptional()
  @IsUUID()
  organizationId?: string | null;
}

export class SignedInDto {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer …`.' })
  accessToken!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Seconds until the access token ends.',
    example: 900,
  })
  expiresIn!: number;

  @ApiProperty()
  user!: UserDto;

  @ApiProperty()
  organization!: OrganizationDto;
}
