import { ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { CreateApiKeyDto } from './create-api-key.dto.js';

/** Hours; a week. */
const LONGEST_OVERLAP = 168;

/** What is absent stays as it is; `expiresAt: null` takes the expiry away. */
export class ChangeApiKeyDto extends PartialType(
  PickType(CreateApiKeyDto, ['name', 'scopes', 'expiresAt', 'allowedNetworks'] as const),
) {}

export class RotateApiKeyDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: LONGEST_OVERLAP,
    default: 24,
    description: 'Hours that the secret of before goes on working; 0 ends it now.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LONGEST_OVERLAP)
  overlapHours?: number;
}
