import { ApiProperty } from '@nestjs/swagger';
import { FIELD_KINDS, FIELD_SUBJECTS } from '../field-terms.js';

export class FieldOptionDto {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Offered no more; what was stored keeps its name.' })
  isArchived!: boolean;
}

export class FieldDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: FIELD_SUBJECTS })
  subject!: string;

  @ApiProperty({
    description: 'The name of the field in `fields` and in conditions. Never changes.',
  })
  key!: string;

  @ApiProperty({ enum: FIELD_KINDS })
  kind!: string;

  @ApiProperty({ example: 'Order number' })
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ type: [FieldOptionDto], description: 'Of the kinds that choose.' })
  options!: FieldOptionDto[];

  @ApiProperty({ description: 'A ticket is solved or closed only with it.' })
  requiredOnSolve!: boolean;

  @ApiProperty({ type: 'integer' })
  position!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  archivedAt!: string | null;

  @ApiProperty({ type: 'integer', description: 'Its ETag is this in quotes.' })
  version!: number;
}
