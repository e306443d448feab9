import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { ScimBase } from './scim-base.service.js';
import {
  resourceTypeNamed,
  resourceTypes,
  schemaNamed,
  schemas,
  serviceProviderConfig,
} from './scim-description.js';
import { ApiScim } from './scim-http.js';

@ApiTags('SCIM')
@Controller('api/v1/scim/v2')
export class ScimController {
  constructor(private readonly base: ScimBase) {}

  @Get('ServiceProviderConfig')
  @ApiOperation({ summary: 'What of SCIM 2.0 is understood here' })
  @RequirePermission('directory:write')
  @ApiScim()
  config() {
    return serviceProviderConfig(this.base.url);
  }

  @Get('ResourceTypes')
  @ApiOperation({ summary: 'The kinds of resources' })
  @RequirePermission('directory:write')
  @ApiScim()
  types() {
    return resourceTypes(this.base.url);
  }

  @Get('ResourceTypes/:name')
  @ApiOperation({ summary: 'One of them' })
  @RequirePermission('directory:write')
  @ApiScim()
  type(@Param('name') name: string) {
    return resourceTypeNamed(name, this.base.url);
  }

  @Get('Schemas')
  @ApiOperation({ summary: 'The attributes of each' })
  @RequirePermission('directory:write')
  @ApiScim()
  schemas() {
    return schemas(this.base.url);
  }

  @Get('Schemas/:urn')
  @ApiOperation({ summary: 'Those of one' })
  @RequirePermission('directory:write')
  @ApiScim()
  schema(@Param('urn') urn: string) {
    return schemaNamed(urn, this.base.url);
  }
}
