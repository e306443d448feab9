import { Injectable } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import type { DeskServer } from './mcp-server.service.js';

/**
 * Loads the tools when a model first calls. The protocol's own library takes 30 MB and most of a second, which every
 * worker and every desk without a model would pay at its start.
 */
@Injectable()
export class DeskLoader {
  #desk: Promise<DeskServer> | undefined;

  constructor(private readonly loader: LazyModuleLoader) {}

  desk(): Promise<DeskServer> {
    return (this.#desk ??= this.#load());
  }

  async #load(): Promise<DeskServer> {
    const [{ McpToolsModule }, { DeskServer }] = await Promise.all([
      import('./mcp-tools.module.js'),
      import('./mcp-server.service.js'),
    ]);
    const module = await this.loader.load(() => McpToolsModule, { logger: false });
    return module.get(DeskServer);
  }
}
