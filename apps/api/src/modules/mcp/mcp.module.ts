import { Module } from '@nestjs/common';
import { DeskLoader } from './desk-loader.service.js';
import { McpController } from './mcp.controller.js';

/** The desk for language models: a few tools over the rights that every program has. */
@Module({ controllers: [McpController], providers: [DeskLoader] })
export class McpModule {}
