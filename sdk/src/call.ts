import type { paths } from './schema.js';

/** The methods of HTTP that the API has. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The paths, below `/api/v1`, that have the method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<Lowercase<M>, unknown> ? P : never;
}[keyof paths];

type Operation<M extends Method, P> = P extends keyof paths
  ? paths[P] extends Record<Lowercase<M>, infer O>
    ? O
    : never
  : never;

type ParamsOf<O> = O extends { parameters: { path: infer Params } } ? { params: Params } : object;

type QueryIn<O> = O extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;

/** The query of a call. */
export type QueryOf<M extends Method, P> = QueryIn<Operation<M, P>>;

type QueryPart<Query> = [Query] extends [never]
  ? object
  : object extends Query
    ? { query?: Query }
    : { query: Query };

type BodyIn<O> = O extends { requestBody?: { content: infer Content } }
  ? Content extends { 'application/json': infer Body }
    ? Body
    : Binary
  : never;

/** The body of a call; of a file its bytes. */
export type BodyOf<M extends Method, P> = BodyIn<Operation<M, P>>;

type BodyPart<O> = O extends { requestBody: unknown } ? { body: BodyIn<O> } : { body?: BodyIn<O> };

/** Bytes that can be sent a second time, which a stream cannot. */
export type Binary = string | Uint8Array<ArrayBuffer> | ArrayBuffer | Blob;

type AnswerIn<O> = O extends { responses: infer Responses }
  ? { [S in keyof Responses]: ContentOf<Responses[S]> }[keyof Responses]
  : never;
type ContentOf<Response> = Response extends { content: { 'application/json': infer Body } }
  ? Body
  : Response extends { content: Record<string, unknown> }
    ? string
    : undefined;

/** What comes back when all goes well. */
export type AnswerOf<M extends Method, P> = AnswerIn<Operation<M, P>>;

/** What is in `{data}` of the answer. */
export type DataOf<M extends Method, P> =
  AnswerOf<M, P> extends { data: infer Data } ? Data : never;

/** What can be said of every call. */
export interface CallOptions {
  /** Stops the call and its retries. */
  signal?: AbortSignal;
  /** Sent beside those of the client; `content-type` and `if-none-match`, say. */
  headers?: Record<string, string>;
  /** Names a write, so that it is made once however often it is sent. Made by the client if not given. */
  idempotencyKey?: string;
  /** The ETag of what the caller has seen: the change is refused where somebody has changed the same since. */
  ifMatch?: string;
  /** Milliseconds that one try may take. */
  timeoutMs?: number;
}

/** All of a call but its method and path. */
export type CallOf<M extends Method, P> = CallOptions &
  ParamsOf<Operation<M, P>> &
  QueryPart<QueryIn<Operation<M, P>>> &
  BodyPart<Operation<M, P>>;

/** The rest of the arguments of a call: left out where nothing of it is needed. */
export type CallArguments<M extends Method, P> =
  object extends CallOf<M, P> ? [call?: CallOf<M, P>] : [call: CallOf<M, P>];

/** A call of any route, as the transport takes it. */
export interface AnyCall extends CallOptions {
  params?: unknown;
  query?: unknown;
  body?: unknown;
}

/** What came back, with what its headers say. */
export interface Answer<Body> {
  status: number;
  headers: Headers;
  /** The ETag of what came back, for `ifMatch`. */
  etag: string | null;
  body: Body;
}
