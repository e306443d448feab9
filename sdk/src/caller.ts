import type {
  Answer,
  AnswerOf,
  AnyCall,
  CallArguments,
  CallOf,
  DataOf,
  Method,
  PathOf,
} from './call.js';
import { Pages, type Page } from './pages.js';
import { Transport, type ManydeskOptions } from './transport.js';

/** What is in the list that a path answers. */
export type ItemOf<P> =
  AnswerOf<'GET', P> extends { data: (infer Item)[]; total: number } ? Item : never;

/** The paths that answer a list in pages. */
export type PagedPath = {
  [P in PathOf<'GET'>]: [ItemOf<P>] extends [never] ? never : P;
}[PathOf<'GET'>];

/** Calls any route of the API by method and path, typed by its document. */
export class Caller {
  protected readonly transport: Transport;

  constructor(options: ManydeskOptions) {
    this.transport = new Transport(options);
  }

  /** The body of the answer. Throws a `ManydeskError`. */
  async request<M extends Method, P extends PathOf<M>>(
    method: M,
    path: P,
    ...[call]: CallArguments<M, P>
  ): Promise<AnswerOf<M, P>> {
    return (await this.transport.send<AnswerOf<M, P>>(method, path, call as AnyCall)).body;
  }

  /** The same with status, headers and ETag. */
  answer<M extends Method, P extends PathOf<M>>(
    method: M,
    path: P,
    ...[call]: CallArguments<M, P>
  ): Promise<Answer<AnswerOf<M, P>>> {
    return this.transport.send<AnswerOf<M, P>>(method, path, call as AnyCall);
  }

  /** What is in `{data}` of the answer. */
  async data<M extends Method, P extends PathOf<M>>(
    method: M,
    path: P,
    ...[call]: CallArguments<M, P>
  ): Promise<DataOf<M, P>> {
    const { body } = await this.transport.send<{ data: DataOf<M, P> }>(
      method,
      path,
      call as AnyCall,
    );
    return body.data;
  }

  /** The list of a path, page by page as it is walked through. */
  pages<P extends PagedPath>(path: P, ...[call]: CallArguments<'GET', P>): Pages<ItemOf<P>> {
    const { query, ...rest } = (call ?? {}) as AnyCall;
    return new Pages(async (cursor) => {
      // A page that was asked for by its place cannot be gone on from by a cursor as well.
      const { skip: _, ...filters } = (query ?? {}) as { skip?: number };
      const asked = cursor === undefined ? query : { ...filters, cursor };
      return (await this.transport.send<Page<ItemOf<P>>>('GET', path, { ...rest, query: asked }))
        .body;
    });
  }
}

/** The options of a call whose body and parameters are arguments of their own. */
export type Options = Pick<
  CallOf<'GET', '/events'>,
  'signal' | 'headers' | 'idempotencyKey' | 'ifMatch' | 'timeoutMs'
>;
