import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { DataResponse } from '../http/responses.js';
import type { Principal } from '../tenancy/principal.js';
import { TenantDb } from '../tenancy/tenant-db.js';
import { fingerprintOf } from './fingerprint.js';
import { idempotencyKeyOf } from './idempotency-key.js';
import { IdempotencyInProgress } from './idempotency.exceptions.js';
import { KeptAnswers, type KeptAnswer, type KeyedRequest } from './kept-answers.service.js';
import { NOT_REPLAYED } from './not-replayed.decorator.js';
import { Turns } from './turns.js';

const WRITING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** Milliseconds that a request waits for the same one on another process, and between two looks. */
const LONGEST_WAIT = 10_000;
const LOOK_AGAIN = 100;

/** Thrown inside a unit of work to end it: the same request runs on another process. */
class RunsElsewhere extends Error {}

/**
 * Makes writes with an `Idempotency-Key` repeatable: the effect and the answer are one transaction, and the same request
 * again gets the first one's answer, with its status. Only what succeeded is kept: a failure has left nothing, so it may be
 * tried again under the same key.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  /** Equal requests on this process wait here, where they hold no connection. */
  readonly #turns = new Turns();

  constructor(
    private readonly reflector: Reflector,
    private readonly db: TenantDb,
    private readonly answers: KeptAnswers,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & { principal?: Principal }>();
    const header = request.headers['idempotency-key'];
    if (header === undefined || !request.principal || !WRITING.has(request.method))
      return next.handle();
    if (this.reflector.getAllAndOverride(NOT_REPLAYED, [context.getHandler(), context.getClass()]))
      return next.handle();
    const { actor } = request.principal;
    const key = idempotencyKeyOf(header)!;
    const fingerprint = fingerprintOf(request.method, request.url, request.body);
    const keyed = { actor, key, fingerprint };
    return from(this.#answer(keyed, next, http.getResponse<FastifyReply>(), request.principal));
  }

  async #answer(
    keyed: KeyedRequest,
    next: CallHandler,
    reply: FastifyReply,
    { organizationId }: Principal,
  ): Promise<unknown> {
    const { actor, key } = keyed;
    const place = `${organizationId} ${actor.type} ${actor.id} ${key}`;
    return this.#turns.take(place, async () => {
      for (const until = performance.now() + LONGEST_WAIT; performance.now() < until;) {
        const known = await this.answers.find(keyed);
        if (known) return replay(known, reply);
        try {
          return await this.db.unit(() => this.#run(keyed, next, reply));
        } catch (error) {
          if (!(error instanceof RunsElsewhere)) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
      }
      throw new IdempotencyInProgress(1);
    });
  }

  async #run(keyed: KeyedRequest, next: CallHandler, reply: FastifyReply): Promise<unknown> {
    if (!(await this.answers.claim(keyed))) throw new RunsElsewhere();
    // Once more: it may have ended between the first look and the claim.
    const known = await this.answers.find(keyed);
    if (known) return replay(known, reply);
    const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
    const etag = DataResponse.etagOf(body);
    await this.answers.keep(keyed, { status: reply.statusCode, etag, body });
    return body;
  }
}

function replay({ status, etag, body }: KeptAnswer, reply: FastifyReply): unknown {
  void reply.code(status).header('idempotent-replayed', 'true');
  return etag === undefined ? body : new DataResponse((body as { data: unknown }).data, etag);
}
