import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SeenVersion } from '#core/context/version.js';
import { ApiData, ApiMessage, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { DataResponse, MessageResponse, PaginatedResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { CompaniesService, type TaggedCompany } from './companies.service.js';
import { CompaniesQuery } from './dto/companies.query.js';
import { CompanyDto } from './dto/company.dto.js';
import { ChangeCompanyDto, CreateCompanyDto } from './dto/create-company.dto.js';

@ApiTags('Customers')
@Controller('api/v1/companies')
export class CompaniesController {
  constructor(private readonly companies: CompaniesService) {}

  @Get()
  @ApiOperation({ summary: 'The companies, the newest first' })
  @RequirePermission('customers:read')
  @ApiPage(CompanyDto)
  async list(@Query() query: CompaniesQuery) {
    return new PaginatedResponse(await this.companies.list(query.q, query.toRequest()));
  }

  @Post()
  @ApiOperation({ summary: 'Make a company; the people of its domains who are of none join it' })
  @RequirePermission('customers:write')
  @ApiData(CompanyDto, 201)
  async create(@Body() company: CreateCompanyDto) {
    return answer(await this.companies.create(company));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One company' })
  @RequirePermission('customers:read')
  @ApiData(CompanyDto)
  async get(@IdParam() id: string) {
    return answer(await this.companies.get(id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change name, domains (all of them), notes or custom fields' })
  @RequirePermission('customers:write')
  @ApiData(CompanyDto)
  async change(
    @IdParam() id: string,
    @Body() change: ChangeCompanyDto,
    @IfMatch() seen: SeenVersion,
  ) {
    return answer(await this.companies.change(id, change, seen));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a company: its people and tickets stay' })
  @RequirePermission('customers:write')
  @ApiMessage()
  async delete(@IdParam() id: string) {
    await this.companies.delete(id);
    return new MessageResponse('Deleted.');
  }
}

function answer({ company, etag }: TaggedCompany): DataResponse<CompanyDto> {
  return new DataResponse(company, etag);
}
