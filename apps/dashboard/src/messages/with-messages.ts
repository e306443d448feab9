import { chosenLanguage } from '../features/settings/preferences.js';
import { loadParts, type MessagePart } from './catalog.js';

/** Fetches code together with the sentences that it says: for `lazy` and for the pages of the router. */
export async function withMessages<T>(load: () => Promise<T>, ...parts: MessagePart[]): Promise<T> {
  const [module] = await Promise.all([load(), loadParts(chosenLanguage(), parts)]);
  return module;
}
