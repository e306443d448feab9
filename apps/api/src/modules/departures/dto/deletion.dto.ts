import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class ScheduleDeletionDto {
  @ApiProperty({ description: 'The slug of the organization, to show that it is meant.' })
  @IsString()
  @Length(1, 60)
  slug!: string;
}

export class DeletionDto {
  @ApiProperty({ format: 'date-time', description: 'Until then every owner may keep it.' })
  deleteAfter!: string;
}
