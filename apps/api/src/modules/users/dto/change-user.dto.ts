import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '#core/http/page.query.js';
import { IfSent, IsName } from '#core/http/field-rules.js';
import { USER_STATUSES, type UserStatus } from '../user-terms.js';

export class ChangeUserDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 200 })
  @IfSent()
  @IsName(200)
  name?: string;

  @ApiPropertyOptional({
    description: 'A built-in role (owner, admin, agent, viewer) or the id of a custom one.',
    example: 'agent',
  })
  @IfSent()
  @IsString()
  @MaxLength(36)
  role?: string;
}

export class UserQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: USER_STATUSES,
    description: 'Absent, those who were not removed.',
  })
  @IsOptional()
  @IsIn(USER_STATUSES)
  status?: UserStatus;

  @ApiPropertyOptional({ description: 'Words of the name or the address.', maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}
