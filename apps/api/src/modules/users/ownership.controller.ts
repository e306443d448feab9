import { Body, Controller, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData } from '#core/http/api-responses.js';
import { DataResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { TransferOwnershipDto } from './dto/ownership.dto.js';
import { UserDto } from './dto/user.dto.js';
import { Ownership } from './ownership.service.js';

@ApiTags('Organization')
@Controller('api/v1/organization/ownership')
@NotReplayed('it is so already when it is asked again')
export class OwnershipController {
  constructor(private readonly ownership: Ownership) {}

  @Put()
  @ApiOperation({ summary: 'Make somebody else the owner and yourself an administrator' })
  @RequirePermission('organization:own')
  @ApiData(UserDto)
  async transfer(@Body() { userId }: TransferOwnershipDto) {
    return new DataResponse(await this.ownership.transfer(userId));
  }
}
