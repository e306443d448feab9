import { Body, Controller, Delete, Headers, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotReplayed } from '#core/idempotency/not-replayed.decorator.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { ApiData, ApiMessage } from '#core/http/api-responses.js';
import { Costs } from '#core/http/costs.js';
import { IdParam } from '#core/http/id.pipe.js';
import { DataResponse, MessageResponse } from '#core/http/responses.js';
import { StreamedBody, TakesStream } from '#core/http/streamed-body.js';
import { CurrentPrincipal, RequirePermission } from '#core/tenancy/access.decorators.js';
import type { Principal } from '#core/tenancy/principal.js';
import { AttachmentTooLarge } from './attachments.exceptions.js';
import { Attachments } from './attachments.service.js';
import { AttachmentDto, FileLinkDto } from './dto/attachment.dto.js';
import { UploadQuery } from './dto/upload.query.js';
import { LARGEST_FILE } from './files.service.js';

@ApiTags('Attachments')
@Controller('api/v1/attachments')
@NotReplayed(
  'bytes are kept once however often they are sent; what hangs on no message is removed after a day',
)
export class AttachmentsController {
  constructor(private readonly attachments: Attachments) {}

  @Post()
  @ApiOperation({ summary: 'Upload a file as the body, at most 25 MB, for a message to come' })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({
    name: 'x-file-name',
    required: false,
    description: 'The name, percent-encoded UTF-8.',
  })
  @Costs(2)
  @TakesStream()
  @RequirePermission('tickets:write')
  @ApiData(AttachmentDto, 201)
  async upload(
    @Body() body: unknown,
    @Query() { name }: UploadQuery,
    @Headers() headers: Record<string, string | undefined>,
  ) {
    return new DataResponse(
      await this.attachments.keep(streamOf(body, headers), nameOf(headers['x-file-name'], name)),
    );
  }

  @Post(':id/links')
  @ApiOperation({ summary: 'A link to the file, good for five minutes' })
  @RequirePermission('tickets:read')
  @ApiData(FileLinkDto, 201)
  async link(@IdParam() id: string, @CurrentPrincipal() by: Principal) {
    return new DataResponse(await this.attachments.link(by, id));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete an upload of your own that is on no message yet' })
  @RequirePermission('tickets:write')
  @ApiMessage()
  async remove(@IdParam() id: string) {
    await this.attachments.remove(id);
    return new MessageResponse('The attachment is deleted.');
  }
}

/** Refused by its length before a byte of it is read, where the client says it. */
function streamOf(
  body: unknown,
  headers: Record<string, string | undefined>,
): AsyncIterable<Uint8Array> {
  if (Number(headers['content-length'] ?? 0) > LARGEST_FILE)
    throw new AttachmentTooLarge(LARGEST_FILE);
  if (!(body instanceof StreamedBody))
    throw new ValidationFailed([{ field: 'body', problem: 'must be the bytes of the file' }]);
  return body.chunks();
}

function nameOf(header: string | undefined, query: string | undefined): string {
  if (header === undefined) return query ?? '';
  try {
    return decodeURIComponent(header);
  } catch {
    throw new ValidationFailed([
      { field: 'x-file-name', problem: 'must be percent-encoded UTF-8' },
    ]);
  }
}
