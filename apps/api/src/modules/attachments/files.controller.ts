import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiRaw } from '#core/http/api-responses.js';
import { Public } from '#core/tenancy/access.decorators.js';
import { FileQuery } from './dto/upload.query.js';
import { sendFile } from './file-answer.http.js';
import { FileDownloads } from './file-downloads.service.js';

@ApiTags('Attachments')
@Controller('api/v1/files')
export class FilesController {
  constructor(private readonly downloads: FileDownloads) {}

  @Get(':token')
  @ApiOperation({ summary: 'The bytes that a link leads to; answers ranges' })
  @Public('the link is the right: signed, for minutes, made for who may see the file')
  @ApiRaw('application/octet-stream')
  async get(
    @Param('token') token: string,
    @Query() { inline }: FileQuery,
    @Headers() headers: Record<string, string | undefined>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendFile(reply, await this.downloads.find(token), { inline: inline === '1', headers });
  }
}
