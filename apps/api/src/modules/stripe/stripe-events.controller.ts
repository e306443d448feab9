import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiMessage } from '#core/http/api-responses.js';
import { MessageResponse } from '#core/http/responses.js';
import { TakesStream } from '#core/http/streamed-body.js';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { Public } from '#core/tenancy/access.decorators.js';
import { collect } from './collect.js';
import { StripeEvents } from './stripe-events.service.js';

@ApiTags('Billing')
@Controller('api/v1/billing/stripe/events')
@NotReplayed('an event is known by its id: the same one again changes nothing')
export class StripeEventsController {
  constructor(private readonly events: StripeEvents) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Where Stripe sends its events to' })
  @ApiConsumes('application/json')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Public('the signature over the body is its credential')
  @TakesStream()
  @ApiMessage()
  async take(@Body() body: unknown, @Headers('stripe-signature') signature = '') {
    await this.events.take(await collect(body), signature);
    return new MessageResponse('Heard.');
  }
}
