import { ApiProperty } from '@nestjs/swagger';

export class LinkDto {
  @ApiProperty({ description: 'Where the browser goes: a page of the provider, for minutes.' })
  url!: string;
}
