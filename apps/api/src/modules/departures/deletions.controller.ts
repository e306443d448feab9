import { Body, Controller, Delete, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData, ApiMessage } from '#core/http/api-responses.js';
import { DataResponse, MessageResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { DeletionsService } from './deletions.service.js';
import { DeletionDto, ScheduleDeletionDto } from './dto/deletion.dto.js';

@ApiTags('Organization')
@Controller('api/v1/organization/deletion')
@NotReplayed('it is so already when it is asked again')
export class DeletionsController {
  constructor(private readonly deletions: DeletionsService) {}

  @Put()
  @ApiOperation({
    summary: 'Delete the organization in 14 days; every owner is told and may keep it',
  })
  @RequirePermission('organization:own')
  @ApiData(DeletionDto)
  async schedule(@Body() { slug }: ScheduleDeletionDto) {
    return new DataResponse(await this.deletions.schedule(slug));
  }

  @Delete()
  @ApiOperation({ summary: 'Keep the organization' })
  @RequirePermission('organization:own')
  @ApiMessage()
  async cancel() {
    await this.deletions.cancel();
    return new MessageResponse('The organization stays.');
  }
}
