import { OmitType, PartialType } from '@nestjs/swagger';
import { CreateFieldDto } from './field-input.dto.js';

/** What of a field may change: its key and kind never do, so that a stored value always reads. */
export class ChangeFieldDto extends PartialType(
  OmitType(CreateFieldDto, ['subject', 'key', 'kind'] as const),
  { skipNullProperties: false },
) {}
