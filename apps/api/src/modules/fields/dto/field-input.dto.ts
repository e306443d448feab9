import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfSent, IsName, Trimmed } from '#core/http/field-rules.js';
import { FIELD_KINDS, FIELD_SUBJECTS, MOST_OPTIONS } from '../field-terms.js';
import type { FieldKind, FieldSubject } from '../field-terms.js';

export class FieldOptionInputDto {
  @ApiPropertyOptional({ description: 'Left out, the option gets one.' })
  @IfSent()
  @Matches(/^[a-zA-Z0-9_-]{1,50}$/, { message: 'id must be 1 to 50 of a-z, 0-9, - and _' })
  id?: string;

  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsName(100)
  name!: string;
}

export class CreateFieldDto {
  @ApiProperty({ enum: FIELD_SUBJECTS })
  @IsIn(FIELD_SUBJECTS)
  subject!: FieldSubject;

  @ApiProperty({ example: 'order_number' })
  @Matches(/^[a-z][a-z0-9_]{0,49}$/, { message: 'key must be a-z, then 0 to 49 of a-z, 0-9 and _' })
  key!: string;

  @ApiProperty({ enum: FIELD_KINDS })
  @IsIn(FIELD_KINDS)
  kind!: FieldKind;

  @ApiProperty({ minLength: 1, maxLength: 100, example: 'Order number' })
  @IsName(100)
  name!: string;

  @ApiPropertyOptional({ maxLength: 500 })
  @IfSent()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  description?: string;

  @ApiPropertyOptional({ type: [FieldOptionInputDto], maxItems: MOST_OPTIONS })
  @IfSent()
  @IsArray()
  @ArrayMaxSize(MOST_OPTIONS)
  @ValidateNested({ each: true })
  @Type(() => FieldOptionInputDto)
  options?: FieldOptionInputDto[];

  @ApiPropertyOptional()
  @IfSent()
  @IsBoolean()
  requiredOnSolve?: boolean;

  @ApiPropertyOptional({ type: 'integer', description: 'Left out, it comes last.' })
  @IfSent()
  @IsInt()
  @Min(0)
  @Max(100_000)
  position?: number;
}
