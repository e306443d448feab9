import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { DataResponse, PaginatedResponse } from '#core/http/responses.js';
import type { Principal } from '#core/tenancy/principal.js';
import type { OperationWithTicketDto } from './dto/merge.dto.js';
import type { OperationItemDto } from './dto/operation-item.dto.js';
import type { OperationDto } from './dto/operation.dto.js';

type Told = OperationDto | OperationWithTicketDto | OperationItemDto;

/** Whoever may not read notes is not told which messages an operation moved or wrote, nor how many: notes are among them. */
@Injectable()
export class HiddenNotesOfOperations implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { principal } = context.switchToHttp().getRequest<{ principal: Principal }>();
    if (principal.permissions.has('notes:read')) return next.handle();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (answer instanceof DataResponse || answer instanceof PaginatedResponse)
          for (const told of [answer.data].flat() as Told[]) hide(told);
        return answer;
      }),
    );
  }
}

function hide(told: Told): void {
  const operation = 'operation' in told ? told.operation : told;
  if (!('result' in operation)) return;
  const { messages: _, messageIds: __, ...result } = operation.result;
  const { messageIds: ___, ...parameters } = operation.parameters;
  Object.assign(operation, { result, parameters });
}
