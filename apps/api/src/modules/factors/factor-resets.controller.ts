import { Controller, Delete } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ApiMessage } from '#core/http/api-responses.js';
import { IdParam } from '#core/http/id.pipe.js';
import { MessageResponse } from '#core/http/responses.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { FactorResets } from './factor-resets.service.js';

@ApiTags('People')
@Controller('api/v1/users')
@NotReplayed('it is so already when it is asked again')
export class FactorResetsController {
  constructor(private readonly resets: FactorResets) {}

  @Delete(':id/factors')
  @ApiOperation({ summary: 'Take the second factors of somebody who lost them away' })
  @RequirePermission('security:write')
  @ApiMessage()
  async reset(@CurrentPrincipal() principal: Principal, @IdParam() id: string) {
    await this.resets.byAdministrator(principal, id);
    return new MessageResponse('The second factors are reset.');
  }
}
