/**
 * The baseline: Fastify and pg, a hand-written prepared statement for each route, compiled answers. It gives the same
 * JSON and leaves the same rows, and nothing else: no row level security, no validation, no context, no log.
 */
import { randomBytes } from 'node:crypto';
import Fastify, { type FastifyRequest } from 'fastify';
import pg from 'pg';
import { hashOf } from '../data/api-keys.js';
import * as schema from './raw.schema.js';
import * as sql from './raw.sql.js';

interface Caller {
  organizationId: string;
  id: string;
  name: string;
}

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
const fastify = Fastify({ logger: false, bodyLimit: 1_048_576 });
const callers = new Map<string, Caller>();

/** Times as ISO 8601 text straight from Postgres' own, bigint as numbers. */
const types = {
  getTypeParser(oid: number): (text: string) => unknown {
    if (oid === 1184) return instant;
    if (oid === 20) return Number;
    return pg.types.getTypeParser(oid) as (text: string) => unknown;
  },
};

function instant(text: string): string {
  const fraction = text.length > 22 ? text.slice(20, -3) : '';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.padEnd(3, '0')}Z`;
}

async function run<Row>(
  statement: { name: string; text: string },
  values: unknown[],
): Promise<Row[]> {
  const query = { ...statement, values, types } as unknown as pg.QueryConfig;
  return (await pool.query(query)).rows as Row[];
}

async function callerOf(request: FastifyRequest): Promise<Caller> {
  const key = request.headers.authorization!.slice(7);
  const known = callers.get(key);
  if (known) return known;
  const [caller] = await run<Caller>(sql.caller, [hashOf(key)]);
  if (!caller) throw Object.assign(new Error('unknown key'), { statusCode: 401 });
  callers.set(key, caller);
  return caller;
}

/** A UUIDv7 (RFC 9562). */
function newId(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

type Row = Record<string, unknown> & { counted?: number };

function page(rows: Row[], counted: number, limit: number, key: string) {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return {
    data,
    total: Math.min(counted, 100),
    totalIsExact: counted < 101,
    skip: 0,
    limit,
    nextCursor:
      rows.length > limit && last
        ? Buffer.from(`${last[key]}|${last.id}`).toString('base64url')
        : null,
  };
}

fastify.get('/health/live', () => ({ status: 'ok' }));

fastify.get<{ Querystring: { status: string; limit?: string } }>(
  '/api/v1/tickets',
  schema.tickets,
  async (request) => {
    const { organizationId } = await callerOf(request);
    const limit = Number(request.query.limit ?? 25);
    const rows = await run<Row>(sql.openTickets, [organizationId, request.query.status, limit + 1]);
    return page(rows.map(toTicket), rows[0]?.counted ?? 0, limit, 'updatedAt');
  },
);

fastify.get<{ Params: { id: string } }>('/api/v1/tickets/:id', schema.ticket, async (request) => {
  const { organizationId } = await callerOf(request);
  const [row] = await run<Row>(sql.ticket, [organizationId, request.params.id]);
  return { data: toTicket(row!) };
});

fastify.get<{ Params: { id: string } }>(
  '/api/v1/tickets/:id/messages',
  schema.messages,
  async (request) => {
    const { organizationId } = await callerOf(request);
    const rows = await run<Row>(sql.messages, [organizationId, request.params.id, 26]);
    const total = rows[0]?.counted ?? 0;
    return { ...page(rows.map(toMessage), total, 25, 'createdAt'), total, totalIsExact: true };
  },
);

fastify.get<{ Querystring: { after?: string; limit?: string } }>(
  '/api/v1/events',
  schema.events,
  async (request) => {
    const { organizationId } = await callerOf(request);
    const after = Number(request.query.after ?? 0);
    const limit = Number(request.query.limit ?? 25);
    const rows = await run<Row>(sql.events, [organizationId, after, limit + 1]);
    const data = rows.slice(0, limit).map(toEvent) as (Row & { seq: number })[];
    const hasMore = rows.length > limit;
    const total = rows.length === 0 ? 0 : Number(rows[0]!.headSeq) - after;
    const nextAfter = data.at(-1)?.seq ?? after;
    return {
      data,
      total,
      totalIsExact: true,
      skip: 0,
      limit,
      nextCursor: null,
      nextAfter,
      hasMore,
    };
  },
);

interface NewTicket {
  subject: string;
  body: string;
  priority?: string;
  tags?: string[];
  requester: { email: string; name?: string };
}

fastify.post<{ Body: NewTicket }>('/api/v1/tickets', schema.newTicket, async (request, reply) => {
  const caller = await callerOf(request);
  const { subject, body, priority = 'normal', tags = [], requester } = request.body;
  const messageId = newId();
  const json = JSON.stringify;
  const [row] = await run<Row>(sql.createTicket, [
    caller.organizationId,
    newId(),
    subject,
    priority,
    tags,
    newId(),
    requester.email,
    requester.name ?? requester.email.split('@')[0],
    messageId,
    body,
    newId(),
    new Date().toISOString(),
    caller.id,
    newId(),
    `{"changes":null,"data":{"assigneeId":null,"channel":"api","messageId":"${messageId}","number":`,
    `,"priority":"${priority}","requesterId":"`,
    `","subject":${json(subject)},"tags":${json(tags)}}}`,
  ]);
  reply.code(201);
  return { data: toTicket(row!) };
});

fastify.post<{ Params: { id: string }; Body: { kind: string; body: string } }>(
  '/api/v1/tickets/:id/messages',
  schema.newMessage,
  async (request, reply) => {
    const caller = await callerOf(request);
    const messageId = newId();
    const [row] = await run<Row>(sql.reply, [
      caller.organizationId,
      request.params.id,
      messageId,
      request.body.body,
      new Date().toISOString(),
      caller.id,
      caller.name,
      newId(),
      newId(),
      `{"changes":null,"data":{"messageId":"${messageId}"}}`,
    ]);
    reply.code(201);
    return { data: toMessage(row!) };
  },
);

function toTicket({
  requesterId,
  requesterEmail,
  requesterName,
  assigneeId,
  assigneeName,
  mergedIntoNumber,
  ...ticket
}: Row): Row {
  return {
    ...ticket,
    ...(mergedIntoNumber === undefined
      ? {}
      : {
          mergedInto: mergedIntoNumber && { id: ticket.mergedIntoId, number: mergedIntoNumber },
        }),
    requester: { id: requesterId, email: requesterEmail, name: requesterName },
    assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName },
  };
}

function toMessage({
  authorType,
  authorId,
  authorName,
  deliveryStatus,
  sentAt,
  originId,
  originNumber,
  mentioned,
  ...message
}: Row): Row {
  return {
    ...message,
    mentions: mentioned ?? [],
    attachments: [],
    originTicket: originId ? { id: originId, number: originNumber } : null,
    author: { type: authorType, id: authorId, name: authorName },
    delivery: deliveryStatus === null ? null : { status: deliveryStatus, sentAt },
  };
}

function toEvent({ headSeq: _, actorType, actorId, subjectType, subjectId, ...event }: Row): Row {
  return {
    ...event,
    actor: { type: actorType, id: actorId },
    subject: { type: subjectType, id: subjectId },
  };
}

await fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.on('SIGTERM', () => process.exit());
