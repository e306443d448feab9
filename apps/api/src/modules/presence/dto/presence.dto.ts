import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

const PRESENCE_STATES = ['viewing', 'typing'] as const;

export class PresentPersonDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: PRESENCE_STATES })
  state!: string;

  @ApiProperty({ format: 'date-time', description: 'Gone 45 seconds after it, if not seen again.' })
  seenAt!: string;
}

export class PresenceDto {
  @ApiProperty({ type: [PresentPersonDto], description: 'The caller too, who is to be left out.' })
  people!: PresentPersonDto[];
}

export class ShowPresenceDto {
  @ApiProperty({ enum: PRESENCE_STATES, description: 'Say it again every 15 seconds.' })
  @IsIn(PRESENCE_STATES)
  state!: 'viewing' | 'typing';
}
