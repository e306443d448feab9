import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { PageQuery } from '#core/http/page.query.js';

const LONGEST_SEARCH = 500;

export class SearchQueryDto extends PageQuery {
  @ApiProperty({
    minLength: 1,
    maxLength: LONGEST_SEARCH,
    description:
      'Words, "phrases", #number or id, and filters: status: assignee: team: tag: priority: type: channel: customer: company: after: before: has:attachment is:snoozed is:merged is:unassigned.',
  })
  @IsString()
  @Length(1, LONGEST_SEARCH)
  q!: string;
}
