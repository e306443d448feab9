import type { FastifyReply } from 'fastify';
import { isKnownTag } from '#core/http/entity-tags.js';
import { byteRange } from './byte-range.js';
import type { Download } from './file-downloads.service.js';
import { contentDisposition } from './file-name.js';
import { isShownInline } from './media-type.js';

/** Whatever a browser takes the bytes for, it runs nothing, loads nothing and is in no page of ours. */
const POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

interface Asked {
  inline: boolean;
  headers: Record<string, string | undefined>;
}

/**
 * Sends a file as it is read: as a download, or in its place where it is a picture that a browser only paints. Answers
 * ranges (RFC 9110, 14) and the digest as an entity tag.
 */
export async function sendFile(reply: FastifyReply, file: Download, asked: Asked): Promise<void> {
  const { inline, headers } = asked;
  const isInline = inline && isShownInline(file.mediaType);
  const etag = `"${file.digest}"`;
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=300',
    'content-disposition': contentDisposition(isInline ? 'inline' : 'attachment', file.name),
    'content-security-policy': POLICY,
  });
  if (isKnownTag(headers['if-none-match'], etag)) return void reply.code(304).send();
  const isSame = (headers['if-range'] ?? etag) === etag;
  const range = byteRange(isSame ? headers.range : undefined, file.size);
  if (range === 'unsatisfiable')
    return void reply.code(416).header('content-range', `bytes */${file.size}`).send();
  const bytes = await file.open(range ?? undefined);
  if (range)
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`);
  const length = range ? range.end - range.start + 1 : file.size;
  reply.header('content-length', length).type(file.mediaType).send(bytes);
}
