import { ApiProperty } from '@nestjs/swagger';
import { IsString, IsUUID, Length } from 'class-validator';

export class SsoDomainDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'acme.example' })
  domain!: string;

  @ApiProperty({ format: 'uuid' })
  connectionId!: string;

  @ApiProperty({ example: '_manydesk.acme.example', description: 'Where the TXT record goes.' })
  txtName!: string;

  @ApiProperty({
    description:
      'What it says. Leave it there: who proves the domain without it takes the domain over.',
  })
  txtValue!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  verifiedAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class CreateSsoDomainDto {
  @ApiProperty({ maxLength: 253, example: 'acme.example' })
  @IsString()
  @Length(1, 253)
  domain!: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  connectionId!: string;
}

export class SsoEnforcementDto {
  @ApiProperty({ description: 'Whether everybody but owners has to come by single sign-on.' })
  required!: boolean;

  @ApiProperty({
    description: 'Whether it can be required: there is a verified domain of an enabled connection.',
  })
  ready!: boolean;
}
