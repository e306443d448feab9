import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '#core/tenancy/principal.js';
import type { DeskLoader } from './desk-loader.service.js';
import { BatchRefused, OriginRefused } from './mcp.exceptions.js';

/** Headers of a request that the transport looks at. */
const READ_HERE = ['accept', 'content-type', 'mcp-protocol-version'];

/**
 * Answers one message of the protocol over Streamable HTTP, without a session and without a stream: any process can
 * answer the next one. Throws {@link OriginRefused} and {@link BatchRefused}.
 */
export async function exchange(
  loader: DeskLoader,
  caller: Principal,
  request: FastifyRequest,
  reply: FastifyReply,
  ownOrigin: string,
): Promise<string> {
  const { origin } = request.headers;
  // "Servers MUST validate the Origin header" (Streamable HTTP, Security Warning).
  if (origin !== undefined && origin !== ownOrigin) throw new OriginRefused();
  // One call of the API is one call of a tool: limits count calls.
  if (Array.isArray(request.body)) throw new BatchRefused();
  const server = (await loader.desk()).open(caller);
  const transport = await openTransport();
  await server.connect(transport);
  try {
    const answer = await transport.handleRequest(asWebRequest(request), {
      parsedBody: request.body,
    });
    reply.code(answer.status).header('cache-control', 'no-store');
    const type = answer.headers.get('content-type');
    if (type !== null) reply.header('content-type', type);
    return await answer.text();
  } finally {
    await server.close();
  }
}

/** There is no stream to open and no session to end: "the server MUST return HTTP 405" (Streamable HTTP). */
export function refuseMethod(reply: FastifyReply): object {
  reply.code(405).header('allow', 'POST');
  return {
    jsonrpc: '2.0',
    error: { code: -32000, message: 'Send messages with POST: there are no sessions here.' },
    id: null,
  };
}

/** Loaded with the tools, and not before. */
async function openTransport() {
  const { WebStandardStreamableHTTPServerTransport: Transport } =
    await import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js');
  return new Transport({ enableJsonResponse: true });
}

function asWebRequest(request: FastifyRequest): Request {
  const headers = READ_HERE.flatMap((name): [string, string][] => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return new Request('http://desk.invalid/api/mcp', { method: 'POST', headers });
}
