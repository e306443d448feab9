/** How both routers write their search into the address: plain strings, so that `?q=12` is the words "12", not a number. */
export const searchWords = {
  parseSearch: (search: string) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search: Record<string, unknown>) => {
    const pairs = Object.entries(search).filter(([, value]) => value !== undefined);
    const words = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
    return words && `?${words}`;
  },
};

/** The words of an address, when there are any. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Leaves out what is not there, so that the address stays short. */
export function present<T extends Record<string, string | undefined>>(search: T) {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}
