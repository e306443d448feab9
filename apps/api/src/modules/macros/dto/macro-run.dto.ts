import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, IsUUID, Length } from 'class-validator';
import { IfSent } from '#core/http/field-rules.js';

export class PreviewMacroDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  ticketId!: string;
}

/** A field as a change of a ticket names it (a custom field is `fields.<key>`), and what becomes of it. */
export interface PreviewedChange {
  field: string;
  before: unknown;
  after: unknown;
}

export class MacroPreviewDto {
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'Each {field, before, after}; a custom field is fields.<key>.',
  })
  changes!: PreviewedChange[];

  @ApiProperty({ type: String, nullable: true, description: 'The reply, with its places filled.' })
  replyHtml!: string | null;

  @ApiProperty({ type: String, nullable: true })
  noteHtml!: string | null;
}

export class RunMacroDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  macroId!: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 200_000,
    description: 'Instead of its own reply.',
  })
  @IfSent()
  @IsString()
  @Length(1, 200_000)
  replyHtml?: string;
}
