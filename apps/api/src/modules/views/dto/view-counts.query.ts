import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsOptional, IsUUID, Length } from 'class-validator';

const MOST_VIEWS = 50;

export class ViewCountsQuery {
  @ApiPropertyOptional({ description: `Up to ${MOST_VIEWS} views, with commas in between.` })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.toLowerCase().split(',') : value,
  )
  @ArrayMaxSize(MOST_VIEWS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true, message: 'ids must be ids of views with commas in between' })
  ids?: string[];

  @ApiPropertyOptional({
    maxLength: 20_000,
    description:
      'Conditions that are no view, as a JSON object of up to 20 under names of one’s choice.',
  })
  @IsOptional()
  @Length(2, 20_000)
  conditions?: string;
}
