import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { RunningApp } from '../../support/app.js';

/** What a tool answered. `said` is all of its text, `result` the JSON of its last part. */
export interface ToolAnswer {
  isError: boolean;
  said: string;
  result: any;
}

/** A language model at the desk, by the client of the protocol's makers. */
export class Model {
  private constructor(private readonly client: Client) {}

  static async connect(running: RunningApp, token: string): Promise<Model> {
    const client = new Client({ name: 'test', version: '1' });
    const transport = new StreamableHTTPClientTransport(new URL('/api/mcp', running.url), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    });
    await client.connect(transport);
    return new Model(client);
  }

  get instructions(): string {
    return this.client.getInstructions() ?? '';
  }

  async tools() {
    return (await this.client.listTools()).tools;
  }

  async call(name: string, input: Record<string, unknown> = {}): Promise<ToolAnswer> {
    const answer = await this.client.callTool({ name, arguments: input });
    const texts = (answer.content as { text: string }[]).map(({ text }) => text);
    return {
      isError: answer.isError === true,
      said: texts.join('\n'),
      result: JSON.parse(texts.at(-1)!),
    };
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
