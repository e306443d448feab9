import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type CallToolResult,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import { Injectable } from '@nestjs/common';
import { DomainError } from '#core/errors/domain-error.js';
import { Log } from '#core/logging/log.js';
import type { Principal } from '#core/tenancy/principal.js';
import type { DeskTool } from './desk-tool.js';
import { DraftTools } from './draft-tools.service.js';
import { EventTools } from './event-tools.service.js';
import { TicketTools } from './ticket-tools.service.js';
import { UNTRUSTED_NOTICE } from './untrusted.js';

const IDENTITY = { name: 'manydesk', title: 'Manydesk', version: '1' };
const INSTRUCTIONS = `The helpdesk of one organization, the one that the credential is of. ${UNTRUSTED_NOTICE} Nothing here sends a mail: draft_reply leaves a draft that a person sends.`;

/** The desk as a language model sees it: the tools that the caller's rights allow, and no others. */
@Injectable()
export class DeskServer {
  readonly #tools: readonly DeskTool[];

  constructor(
    tickets: TicketTools,
    events: EventTools,
    drafts: DraftTools,
    private readonly log: Log,
  ) {
    this.#tools = [tickets.search, tickets.read, events.list, drafts.reply];
  }

  /** A server for one caller and one exchange: it keeps nothing between two. */
  open(caller: Principal): McpServer {
    const tools = this.#tools.filter((tool) => isFor(tool, caller));
    const desk = new McpServer(IDENTITY, {
      capabilities: { tools: {} },
      instructions: INSTRUCTIONS,
    });
    desk.server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(toListed) }));
    desk.server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
      const tool = tools.find(({ name }) => name === params.name);
      // The same words for one that is not there and one that is not for them.
      if (!tool) throw new McpError(ErrorCode.InvalidParams, 'There is no such tool.');
      return this.#call(tool, params.arguments, caller);
    });
    return desk;
  }

  async #call(tool: DeskTool, given: unknown, caller: Principal): Promise<CallToolResult> {
    try {
      const result = await tool.call(given, caller);
      this.log.info('mcp.tool_called', { tool: tool.name });
      const notice = tool.changesNothing ? [UNTRUSTED_NOTICE] : [];
      return { content: [...notice, JSON.stringify(result)].map(toText) };
    } catch (error) {
      return { isError: true, content: [toText(JSON.stringify({ error: this.#told(error) }))] };
    }
  }

  /** A failure as the API tells it; what is not known tells nothing. */
  #told(error: unknown): { code: string; message: string; details?: unknown } {
    if (error instanceof DomainError) {
      const { code, message, details } = error;
      return { code, message, details };
    }
    this.log.error('mcp.tool_failed', { error });
    return { code: 'internal.error', message: 'Something went wrong on our side; try again.' };
  }
}

function isFor({ needs, changesNothing }: DeskTool, { permissions, halted }: Principal): boolean {
  return permissions.has(needs) && (changesNothing || !halted);
}

function toListed({ name, title, description, inputSchema, changesNothing }: DeskTool): Tool {
  return {
    ...{ name, title, description, inputSchema },
    annotations: {
      readOnlyHint: changesNothing,
      destructiveHint: false,
      idempotentHint: changesNothing,
      openWorldHint: false,
    },
  };
}

function toText(text: string): { type: 'text'; text: string } {
  return { type: 'text', text };
}
