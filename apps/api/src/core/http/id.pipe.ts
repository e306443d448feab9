import { Param, type PipeTransform } from '@nestjs/common';
import { isId } from '../context/ids.js';

/** A path id that is no UUID names nothing: passed on as an id that no row has, so that the answer is the same 404. */
const NO_ROW = '00000000-0000-0000-0000-000000000000';

class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const id = value.toLowerCase();
    return isId(id) ? id : NO_ROW;
  }
}

/** The `:id` of the path, or an id under another name. */
export function IdParam(name = 'id'): ParameterDecorator {
  return Param(name, new IdPipe());
}
