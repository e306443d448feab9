import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsUUID } from 'class-validator';
import { MOST_ATTACHMENTS, MOST_MENTIONS } from '../message-terms.js';

/** The people whom a note names. */
export function AreMentions(): PropertyDecorator {
  return AreIds(MOST_MENTIONS);
}

/** What was uploaded for a message. */
export function AreAttachments(): PropertyDecorator {
  return AreIds(MOST_ATTACHMENTS);
}

/** Ids, each once, in the form that we write: ids are compared as text. */
function AreIds(most: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value) ? [...new Set(value.map(lowered))] : value,
    ),
    IsArray(),
    ArrayMaxSize(most),
    IsUUID(undefined, { each: true }),
  );
}

function lowered(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
