import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PaginatedResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { FEATURE_NAMES } from '#core/tenancy/feature-registry.js';
import { RequireStaff } from '#core/tenancy/staff.decorators.js';
import {
  FeatureShareDto,
  FeatureTurnDto,
  OrganizationFeatureDto,
  StaffFeatureDto,
} from './dto/staff-feature.dto.js';
import { StaffFeatures } from './staff-features.service.js';

@ApiTags('Staff')
@Controller('api/v1/admin')
@NotReplayed(
  'staff are in no organization, which answers are kept for; each is so already when asked again',
)
export class StaffFeaturesController {
  constructor(private readonly features: StaffFeatures) {}

  @Get('features')
  @ApiOperation({ summary: 'The features that can be turned on and off, each with its share' })
  @RequireStaff('features:read')
  @ApiPage(StaffFeatureDto)
  async list() {
    return new PaginatedResponse(await this.features.list());
  }

  @Put('features/:name')
  @ApiOperation({ summary: 'Give a feature to a share of all organizations' })
  @ApiParam({ name: 'name', enum: FEATURE_NAMES })
  @RequireStaff('features:write')
  @ApiPage(StaffFeatureDto)
  async share(@Param('name') name: string, @Body() { percentage }: FeatureShareDto) {
    return new PaginatedResponse(await this.features.share(name, percentage));
  }

  @Get('organizations/:id/features')
  @ApiOperation({ summary: 'The features that an organization has' })
  @RequireStaff('features:read')
  @ApiPage(OrganizationFeatureDto)
  async of(@IdParam() id: string) {
    return new PaginatedResponse(await this.features.of(id));
  }

  @Put('organizations/:id/features/:name')
  @ApiOperation({ summary: 'Turn a feature on or off for an organization by name' })
  @ApiParam({ name: 'name', enum: FEATURE_NAMES })
  @RequireStaff('features:write')
  @ApiPage(OrganizationFeatureDto)
  async turn(@IdParam() id: string, @Param('name') name: string, @Body() { isOn }: FeatureTurnDto) {
    return new PaginatedResponse(await this.features.turn(id, name, isOn));
  }

  @Delete('organizations/:id/features/:name')
  @ApiOperation({ summary: 'Let its place in the share say again whether it has the feature' })
  @ApiParam({ name: 'name', enum: FEATURE_NAMES })
  @RequireStaff('features:write')
  @ApiPage(OrganizationFeatureDto)
  async leaveToShare(@IdParam() id: string, @Param('name') name: string) {
    return new PaginatedResponse(await this.features.turn(id, name, null));
  }
}
