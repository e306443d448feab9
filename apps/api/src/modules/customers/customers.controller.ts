import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SeenVersion } from '#core/context/version.js';
import { ApiData, ApiPage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { IfMatch } from '#core/http/if-match.js';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { CustomerAddresses } from './customer-addresses.service.js';
import { CustomerErasures } from './customer-erasures.service.js';
import { CustomerMerges } from './customer-merges.service.js';
import { CustomerRecords, type TaggedCustomer } from './customer-records.service.js';
import { AddressDto } from './dto/address.dto.js';
import { CustomerMergeDto } from './dto/customer-merge.dto.js';
import { ErasureDto } from './dto/erasure.dto.js';
import { CustomersQuery } from './dto/customers.query.js';
import { CustomerDto } from './dto/customer.dto.js';
import { ChangeCustomerDto } from './dto/change-customer.dto.js';
import { CreateCustomerDto } from './dto/create-customer.dto.js';

@ApiTags('Customers')
@Controller('api/v1/customers')
export class CustomersController {
  constructor(
    private readonly records: CustomerRecords,
    private readonly addresses: CustomerAddresses,
    private readonly merges: CustomerMerges,
    private readonly erasures: CustomerErasures,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The customers, the newest first' })
  @RequirePermission('customers:read')
  @ApiPage(CustomerDto)
  async list(@Query() query: CustomersQuery) {
    const { q, companyId, email } = query;
    return new PaginatedResponse(
      await this.records.list({ q, companyId, email }, query.toRequest()),
    );
  }

  @Post()
  @ApiOperation({ summary: 'Make a customer' })
  @RequirePermission('customers:write')
  @ApiData(CustomerDto, 201)
  async create(@Body() customer: CreateCustomerDto) {
    return answer(await this.records.create(customer));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One customer, also one who was merged into another' })
  @RequirePermission('customers:read')
  @ApiData(CustomerDto)
  async get(@IdParam() id: string) {
    return answer(await this.records.get(id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change name, company, notes or custom fields' })
  @RequirePermission('customers:write')
  @ApiData(CustomerDto)
  async change(
    @IdParam() id: string,
    @Body() change: ChangeCustomerDto,
    @IfMatch() seen: SeenVersion,
  ) {
    return answer(await this.records.change(id, change, seen));
  }

  @Post(':id/addresses')
  @ApiOperation({ summary: 'Give the customer one more address' })
  @RequirePermission('customers:write')
  @ApiData(CustomerDto, 201)
  async addAddress(@IdParam() id: string, @Body() { email }: AddressDto) {
    return answer(await this.addresses.add(id, email));
  }

  @Delete(':id/addresses/:email')
  @ApiOperation({ summary: 'Take an address away that is not the main one' })
  @RequirePermission('customers:write')
  @ApiData(CustomerDto)
  async removeAddress(@IdParam() id: string, @Param('email') email: string) {
    return answer(await this.addresses.remove(id, email));
  }

  @Put(':id/main-address')
  @ApiOperation({ summary: 'Make one of the addresses the main one: replies go there' })
  @RequirePermission('customers:write')
  @ApiData(CustomerDto)
  async makeMain(@IdParam() id: string, @Body() { email }: AddressDto) {
    return answer(await this.addresses.makeMain(id, email));
  }

  @Post(':id/merges')
  @ApiOperation({ summary: 'Merge another customer into this one: addresses and tickets move' })
  @RequirePermission('customers:write')
  @ApiData(CustomerDto, 201)
  async merge(@IdParam() id: string, @Body() { customerId }: CustomerMergeDto) {
    return answer(await this.merges.merge(id, customerId));
  }

  @Post(':id/erasure')
  @ApiOperation({ summary: 'Erase what is personal of a customer, for good' })
  @RequirePermission('customers:erase')
  @NotReplayed('it is so already when it is asked again')
  @ApiData(ErasureDto, 201)
  async erase(@IdParam() id: string) {
    return new DataResponse(await this.erasures.erase(id));
  }
}

function answer({ customer, etag }: TaggedCustomer): DataResponse<CustomerDto> {
  return new DataResponse(customer, etag);
}
