import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { FIELD_SUBJECTS, type FieldSubject } from '../field-terms.js';

export class FieldsQuery {
  @ApiPropertyOptional({ enum: FIELD_SUBJECTS, description: 'Left out, the fields of all three.' })
  @IsOptional()
  @IsIn(FIELD_SUBJECTS)
  subject?: FieldSubject;
}
