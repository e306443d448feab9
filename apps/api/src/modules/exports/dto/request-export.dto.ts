import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsUUID, ValidateNested } from 'class-validator';
import { IfSent } from '#core/http/field-rules.js';
import { EXPORT_FORMATS, type ExportFormat } from './export.dto.js';

export class IncludeDto {
  @ApiPropertyOptional({ default: false, description: 'With every message; of JSON lines alone.' })
  @IfSent()
  @IsBoolean()
  messages?: boolean;
}

export class RequestExportDto {
  @ApiProperty({ enum: EXPORT_FORMATS })
  @IsIn(EXPORT_FORMATS)
  format!: ExportFormat;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @IfSent()
  @IsObject()
  conditions?: Record<string, unknown>;

  @ApiPropertyOptional({ format: 'uuid', description: 'Those that a view shows.' })
  @IfSent()
  @IsUUID()
  viewId?: string;

  @ApiPropertyOptional({ type: IncludeDto })
  @IfSent()
  @IsObject()
  @ValidateNested()
  @Type(() => IncludeDto)
  include?: IncludeDto;
}
