/** What the raw application's answers look like, for the serializers that Fastify compiles. */
const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const whole = { type: 'integer' } as const;
const flag = { type: 'boolean' } as const;
const anything = { type: ['object', 'null'], additionalProperties: true } as const;
const object = (properties: object) => ({ type: 'object', properties });
const orNull = (properties: object) => ({ type: ['object', 'null'], properties });
const answer = (status: number, schema: object) => ({ schema: { response: { [status]: schema } } });
const one = (schema: object) => object({ data: schema });
const many = (items: object, more: object = {}) =>
  object({
    data: { type: 'array', items },
    total: whole,
    totalIsExact: flag,
    skip: whole,
    limit: whole,
    nextCursor: textOrNull,
    ...more,
  });

const ticketSchema = object({
  id: text,
  number: whole,
  subject: text,
  status: text,
  priority: text,
  channel: text,
  requester: object({ id: text, email: text, name: text }),
  assignee: orNull({ id: text, name: text }),
  tags: { type: 'array', items: text },
  messageCount: whole,
  createdAt: text,
  updatedAt: text,
  lastMessageAt: text,
  closedAt: textOrNull,
  stateId: text,
  type: textOrNull,
  teamId: textOrNull,
  companyId: textOrNull,
  snoozedUntil: textOrNull,
  mergedIntoId: textOrNull,
  mergedInto: orNull({ id: text, number: whole }),
  cc: { type: 'array', items: text },
  fields: { type: 'object', additionalProperties: true },
  version: whole,
});
const messageSchema = object({
  id: text,
  ticketId: text,
  kind: text,
  channel: text,
  author: object({ type: text, id: text, name: text }),
  body: text,
  html: textOrNull,
  quote: textOrNull,
  cc: { type: 'array', items: text },
  bcc: { type: 'array', items: text },
  mentions: { type: 'array', items: object({ id: text, name: text }) },
  attachments: { type: 'array', items: anything },
  originTicket: orNull({ id: text, number: whole }),
  delivery: orNull({ status: text, sentAt: textOrNull }),
  createdAt: text,
});
const eventSchema = object({
  id: text,
  organizationId: text,
  seq: whole,
  type: text,
  occurredAt: text,
  actor: object({ type: text, id: textOrNull }),
  subject: object({ type: text, id: text }),
  data: anything,
  changes: anything,
  requestId: textOrNull,
  causationId: textOrNull,
  operationId: textOrNull,
  depth: whole,
});

export const tickets = answer(200, many(ticketSchema));
export const ticket = answer(200, one(ticketSchema));
export const messages = answer(200, many(messageSchema));
export const events = answer(200, many(eventSchema, { nextAfter: whole, hasMore: flag }));
export const newTicket = answer(201, one(ticketSchema));
export const newMessage = answer(201, one(messageSchema));
