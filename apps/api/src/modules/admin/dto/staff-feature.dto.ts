import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { FEATURE_NAMES } from '#core/tenancy/feature-registry.js';
import { Count } from './counts.js';

class NamedFeatureDto {
  @ApiProperty({ enum: FEATURE_NAMES })
  name!: string;

  @ApiProperty({ description: 'What goes away without it.' })
  says!: string;
}

export class StaffFeatureDto extends NamedFeatureDto {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100 })
  percentage!: number;

  @Count('Organizations that have it by name.')
  turnedOn!: number;

  @Count('Organizations that do not have it by name.')
  turnedOff!: number;
}

export class OrganizationFeatureDto extends NamedFeatureDto {
  @ApiProperty()
  isOn!: boolean;

  @ApiProperty({ description: 'Whether that was said of this organization, and is not by share.' })
  isByName!: boolean;
}

export class FeatureShareDto {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 100,
    description: 'Of a hundred organizations, those that have it. More adds some and drops none.',
  })
  @IsInt()
  @Min(0)
  @Max(100)
  percentage!: number;
}

export class FeatureTurnDto {
  @ApiProperty()
  @IsBoolean()
  isOn!: boolean;
}
