import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { from, mergeMap, type Observable } from 'rxjs';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import type { Principal } from '#core/tenancy/principal.js';
import { ConversationSizes } from './conversation-sizes.service.js';
import type { TicketDto } from './dto/ticket.dto.js';
import { TicketResponse } from './dto/ticket.response.js';

/** Whoever may not read notes is not told how many there are: in no ticket that is answered, and not in its tag. */
@Injectable()
export class HiddenNotes implements NestInterceptor {
  constructor(private readonly sizes: ConversationSizes) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { principal } = context.switchToHttp().getRequest<{ principal: Principal }>();
    if (principal.permissions.has('notes:read')) return next.handle();
    return next.handle().pipe(mergeMap((answer) => from(this.#recounted(answer))));
  }

  async #recounted(answer: unknown): Promise<unknown> {
    const isPage = answer instanceof PaginatedResponse;
    if (!isPage && !(answer instanceof DataResponse)) return answer;
    const tickets = [answer.data].flat() as TicketDto[];
    await this.sizes.withoutNotes(tickets);
    return isPage ? answer : new TicketResponse(tickets[0]!);
  }
}
