/** What a form says, nested as the names of its fields say: `items[0][price]=x` (the encoding of Stripe's API). */
export function parseForm(text: string): Record<string, any> {
  const root: Record<string, any> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/\[|\]\[|\]/).filter((part, at) => at === 0 || part !== '');
    let place: any = root;
    path.forEach((part, at) => {
      if (at === path.length - 1) place[part] = value;
      else place = place[part] ??= {};
    });
  }
  return listed(root) as Record<string, any>;
}

/** `{0: a, 1: b}` is a list. */
function listed(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, listed(inner)] as const);
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key)))
    return entries.map(([, inner]) => inner);
  return Object.fromEntries(entries);
}
