import { Body, Controller, Delete, Get, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { PageQuery } from '#core/http/page.query.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { RequireStaff } from '#core/tenancy/staff.decorators.js';
import { ErasureCertificateDto } from './dto/erasure-certificate.dto.js';
import { OrganizationHealthDto } from './dto/organization-health.dto.js';
import {
  StaffDeletionDto,
  StaffOrganizationDto,
  StaffReasonDto,
} from './dto/staff-organization.dto.js';
import { StaffOrganizationsQuery } from './dto/staff-organizations-query.dto.js';
import { ErasureCertificates } from './erasure-certificates.service.js';
import { OrganizationTurns } from './organization-turns.service.js';
import { StaffOrganizations } from './staff-organizations.service.js';

@ApiTags('Staff')
@Controller('api/v1/admin')
@NotReplayed(
  'staff are in no organization, which answers are kept for; each is so already when asked again',
)
export class StaffOrganizationsController {
  constructor(
    private readonly organizations: StaffOrganizations,
    private readonly turns: OrganizationTurns,
    private readonly certificates: ErasureCertificates,
  ) {}

  @Get('organizations')
  @ApiOperation({ summary: 'The organizations of the deployment, the newest first' })
  @RequireStaff('organizations:read')
  @ApiPage(StaffOrganizationDto)
  async list(@Query() query: StaffOrganizationsQuery) {
    return new PaginatedResponse(await this.organizations.list(query));
  }

  @Get('organizations/:id')
  @ApiOperation({ summary: 'How an organization fares, in counts and times' })
  @RequireStaff('organizations:read')
  @ApiData(OrganizationHealthDto)
  async health(@IdParam() id: string) {
    return new DataResponse(await this.organizations.health(id));
  }

  @Put('organizations/:id/suspension')
  @ApiOperation({ summary: 'Suspend it: its programs are refused and its people only read' })
  @RequireStaff('organizations:suspend')
  @ApiData(StaffOrganizationDto)
  async suspend(@IdParam() id: string, @Body() { reason }: StaffReasonDto) {
    return new DataResponse(await this.turns.suspend(id, reason));
  }

  @Delete('organizations/:id/suspension')
  @ApiOperation({ summary: 'Let it work again' })
  @RequireStaff('organizations:suspend')
  @ApiData(StaffOrganizationDto)
  async restore(@IdParam() id: string) {
    return new DataResponse(await this.turns.restore(id));
  }

  @Put('organizations/:id/deletion')
  @ApiOperation({ summary: 'Set the day of its deletion; its owners are told and can keep it' })
  @RequireStaff('organizations:delete')
  @ApiData(StaffOrganizationDto)
  async doom(@IdParam() id: string, @Body() dto: StaffDeletionDto) {
    return new DataResponse(await this.turns.doom(id, dto));
  }

  @Delete('organizations/:id/deletion')
  @ApiOperation({ summary: 'Keep it after all' })
  @RequireStaff('organizations:delete')
  @ApiData(StaffOrganizationDto)
  async keep(@IdParam() id: string) {
    return new DataResponse(await this.turns.keep(id));
  }

  @Get('erasure-certificates')
  @ApiOperation({ summary: 'What was deleted for good, and when; the newest first' })
  @RequireStaff('organizations:read')
  @ApiPage(ErasureCertificateDto)
  async erased(@Query() page: PageQuery) {
    return new PaginatedResponse(await this.certificates.list(page.toRequest()));
  }
}
