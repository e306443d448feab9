import { ApiProperty } from '@nestjs/swagger';
import { IsAddress } from '#core/http/field-rules.js';

export class AddressDto {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsAddress()
  email!: string;
}
