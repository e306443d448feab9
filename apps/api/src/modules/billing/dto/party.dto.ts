import { ApiProperty } from '@nestjs/swagger';

export class PartyDto {
  @ApiProperty({ type: [String], description: 'Name and address.' })
  lines!: string[];

  @ApiProperty({ description: 'Empty for none.' })
  taxId!: string;
}
