import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** What came back. `body` is the parsed JSON, or the text when it is none. */
export interface Answer<Body = any> {
  status: number;
  body: Body;
  headers: Record<string, string>;
  /** The `set-cookie` lines. */
  cookies: string[];
  text: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

interface Options {
  headers?: Record<string, string>;
}

/** A caller of the API with one credential, or none. Paths are those under `/api/v1` unless they begin with another root. */
export class Client {
  constructor(
    private readonly app: NestFastifyApplication,
    /** What the caller sends as `Authorization: Bearer`. */
    readonly token: string | null,
  ) {}

  get(path: string, options?: Options): Promise<Answer> {
    return this.send('GET', path, undefined, options);
  }

  post(path: string, body?: unknown, options?: Options): Promise<Answer> {
    return this.send('POST', path, body, options);
  }

  put(path: string, body?: unknown, options?: Options): Promise<Answer> {
    return this.send('PUT', path, body, options);
  }

  patch(path: string, body?: unknown, options?: Options): Promise<Answer> {
    return this.send('PATCH', path, body, options);
  }

  delete(path: string, options?: Options): Promise<Answer> {
    return this.send('DELETE', path, undefined, options);
  }

  /** A string or bytes go as they are; anything else as JSON. */
  async send(
    method: Method,
    path: string,
    body?: unknown,
    { headers = {} }: Options = {},
  ): Promise<Answer> {
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
    const response = await this.app.inject({
      method,
      url: /^\/(api\/|health|metrics)/.test(path) ? path : `/api/v1${path}`,
      headers: {
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: isRaw ? body : JSON.stringify(body) }),
    });
    return {
      status: response.statusCode,
      body: parsed(response.payload, response.headers['content-type']),
      headers: response.headers as Record<string, string>,
      cookies: [response.headers['set-cookie'] ?? []].flat(),
      text: response.payload,
    };
  }
}

function parsed(text: string, type: unknown): unknown {
  return /^application\/(scim\+)?json/.test(String(type)) && text !== '' ? JSON.parse(text) : text;
}

/** `answer` if its status is `status`; throws what it says otherwise, so that a failed step is named where it failed. */
export function expectStatus<A extends Answer>(answer: A, status: number): A {
  if (answer.status !== status)
    throw new Error(`expected ${status}, got ${answer.status}: ${answer.text}`);
  return answer;
}
