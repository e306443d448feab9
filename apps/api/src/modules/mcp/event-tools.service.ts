import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { EventDto } from '#modules/integrations/dto/event.dto.js';
import { EventRetention } from '#modules/integrations/event-retention.service.js';
import { EventsService } from '#modules/integrations/events.service.js';
import { deskTool } from './desk-tool.js';
import { untrusted } from './untrusted.js';

const MOST_EVENTS = 50;
/** Characters of what one event carries. */
const LONGEST_DATA = 1_500;

const ASKED = z.strictObject({
  after: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('The seq of the last event that you have. Left out, the newest come.'),
  limit: z.int().min(1).max(MOST_EVENTS).default(25),
});

/** What a model may do to see what happened. */
@Injectable()
export class EventTools {
  constructor(
    private readonly events: EventsService,
    private readonly retention: EventRetention,
  ) {}

  readonly list = deskTool({
    name: 'list_events',
    title: 'List events',
    description:
      'What happened in the organization, in the order of its log: the newest events, or those after a place. Go on with nextAfter while hasMore is true.',
    needs: 'events:read',
    changesNothing: true,
    input: ASKED,
    run: async (asked, { permissions }) => {
      const { limit } = asked;
      const begin = await this.retention.beginAfter(asked.after);
      const after = asked.after === undefined ? await this.#newest(begin, limit) : begin;
      const { events, nextAfter, hasMore } = await this.events.after(after, limit, permissions);
      return { events: events.map(toTold), nextAfter, hasMore };
    },
  });

  /** Where the last `limit` events begin, and not before `oldest`. */
  async #newest(oldest: number, limit: number): Promise<number> {
    return Math.max(oldest, (await this.events.head()) - limit);
  }
}

function toTold({ seq, type, occurredAt, actor, subject, data, changes }: EventDto) {
  return {
    ...{ seq, type, occurredAt, actor, subject },
    said: untrusted(JSON.stringify({ data, changes }), LONGEST_DATA),
  };
}
