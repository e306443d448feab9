import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, MaxLength } from 'class-validator';

export class StartSsoDto {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsString()
  @Length(1, 254)
  email!: string;

  @ApiPropertyOptional({ maxLength: 500, description: 'The path of the dashboard to end at.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  returnTo?: string;
}

export class StartedSsoDto {
  @ApiProperty({ description: "Where the browser goes: the organization's own provider." })
  url!: string;
}
