import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { etagOf, type SeenVersion } from '#core/context/version.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { ChangeFieldDto } from './dto/change-field.dto.js';
import { CreateFieldDto } from './dto/field-input.dto.js';
import { FieldDto } from './dto/field.dto.js';
import { FieldsQuery } from './dto/fields.query.js';
import { FieldSettings } from './field-settings.service.js';

@ApiTags('Custom fields')
@Controller('api/v1/custom-fields')
export class FieldsController {
  constructor(private readonly fields: FieldSettings) {}

  @Get()
  @ApiOperation({ summary: 'All custom fields in their order, the archived ones too' })
  @RequirePermission('tickets:read')
  @ApiPage(FieldDto)
  async list(@Query() { subject }: FieldsQuery) {
    return new PaginatedResponse(await this.fields.list(subject));
  }

  @Post()
  @ApiOperation({ summary: 'Make a custom field' })
  @RequirePermission('desk:write')
  @ApiData(FieldDto, 201)
  async create(@Body() field: CreateFieldDto) {
    return tagged(await this.fields.create(field));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a custom field; its key and kind stay' })
  @RequirePermission('desk:write')
  @ApiData(FieldDto)
  async change(@IdParam() id: string, @Body() to: ChangeFieldDto, @IfMatch() seen: SeenVersion) {
    return tagged(await this.fields.change(id, to, seen));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Archive a custom field; what is stored stays' })
  @RequirePermission('desk:write')
  @ApiMessage()
  async archive(@IdParam() id: string) {
    await this.fields.archive(id);
    return new MessageResponse('Archived.');
  }
}

function tagged(field: FieldDto): DataResponse<FieldDto> {
  return new DataResponse(field, etagOf(field.version));
}
