import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiData } from '#core/http/api-responses.js';
import { DataResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { ChangeOrganizationDto } from './dto/change-organization.dto.js';
import { OrganizationSettingsDto } from './dto/organization.dto.js';
import { ChangeSecurityDto, SecurityPolicyDto } from './dto/security-policy.dto.js';
import { OrganizationLogo } from './organization-logo.service.js';
import { OrganizationSettings } from './organization-settings.service.js';
import { OrganizationsService } from './organizations.service.js';

@ApiTags('Organization')
@Controller('api/v1/organization')
@NotReplayed('it is so already when it is asked again')
export class OrganizationsController {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly settings: OrganizationSettings,
    private readonly logo: OrganizationLogo,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The organization of the credential' })
  @RequirePermission('organization:read')
  @ApiData(OrganizationSettingsDto)
  async current() {
    const organization = await this.organizations.current();
    return new DataResponse({ ...organization, hasLogo: await this.logo.exists() });
  }

  @Patch()
  @ApiOperation({ summary: 'Change its name, slug, time zone, language or colour' })
  @RequirePermission('organization:write')
  @ApiData(OrganizationSettingsDto)
  async change(@Body() dto: ChangeOrganizationDto) {
    const organization = await this.settings.change(dto);
    return new DataResponse({ ...organization, hasLogo: await this.logo.exists() });
  }

  @Get('security')
  @ApiOperation({ summary: 'What the organization demands of its people' })
  @RequirePermission('security:read')
  @ApiData(SecurityPolicyDto)
  async security() {
    return new DataResponse(await this.settings.security());
  }

  @Patch('security')
  @ApiOperation({ summary: 'Change it; it holds for open sessions too' })
  @RequirePermission('security:write')
  @ApiData(SecurityPolicyDto)
  async changeSecurity(@Body() dto: ChangeSecurityDto) {
    return new DataResponse(await this.settings.changeSecurity(dto));
  }
}
