import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IfSent, IsName } from '#core/http/field-rules.js';

/** What the link of an invitation says to whoever follows it. */
export class OfferDto {
  @ApiProperty({ example: 'Acme Support' })
  organizationName!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null when a program invited.' })
  inviterName!: string | null;

  @ApiProperty({ example: 'ada@acme.example' })
  email!: string;

  @ApiProperty({ example: 'agent' })
  roleName!: string;

  @ApiProperty({
    description: 'Whether the address has an account, which must then be shown to be one’s own.',
  })
  hasAccount!: boolean;
}

export class AcceptDto {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 200,
    description: 'Of a person without an account.',
  })
  @IfSent()
  @IsName(200)
  name?: string;

  @ApiPropertyOptional({
    maxLength: 200,
    description:
      'Of the account that the address has; else the one to be, of at least 8 characters.',
  })
  @IfSent()
  @IsString()
  @Length(1, 200)
  password?: string;
}
