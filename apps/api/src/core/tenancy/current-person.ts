import { currentActor } from '../context/context.js';
import { PersonMissing } from './access.exceptions.js';

/** The person whose work is under way, by the id that the API shows. Throws {@link PersonMissing} for a program. */
export function requirePerson(): string {
  const { type, id } = currentActor();
  if (type !== 'user' || id === null) throw new PersonMissing();
  return id;
}
