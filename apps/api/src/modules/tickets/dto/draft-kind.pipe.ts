import { Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { DRAFT_KINDS, type DraftKind } from '../message-terms.js';

/** The `:kind` of the path. */
@Injectable()
export class DraftKindPipe implements PipeTransform<string, DraftKind> {
  transform(value: string): DraftKind {
    const kind = DRAFT_KINDS.find((known) => known === value);
    if (!kind) throw new ValidationFailed([{ field: 'kind', problem: 'must be reply or note' }]);
    return kind;
  }
}
