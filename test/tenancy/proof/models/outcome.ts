/** How an attack ended. */
export type Outcome = { value: unknown } | { error: Error };

/** Runs `work` to its end, whichever it is. */
export async function outcomeOf(work: () => PromiseLike<unknown>): Promise<Outcome> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: error as Error };
  }
}

/** Everything that is in `value`, as text: bytes in the two forms that they travel in. */
export function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) => {
      if (typeof inner === 'bigint') return inner.toString();
      if (inner instanceof Uint8Array) {
        const bytes = Buffer.from(inner);
        return `${bytes.toString('hex')} ${bytes.toString('base64')} ${bytes.toString('latin1')}`;
      }
      return inner;
    }) ?? ''
  );
}

/** All that an error tells, its causes included. */
export function errorText(error: Error): string {
  const { meta, cause } = error as Error & { meta?: unknown };
  return `${error.name} ${error.message} ${textOf(meta)} ${cause instanceof Error ? errorText(cause) : ''}`;
}

/** Whether there is no row and no count in it. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === 0 || value === 0n) return true;
  if (Array.isArray(value)) return value.every(isNothing);
  if (typeof value === 'object' && !(value instanceof Date) && !(value instanceof Uint8Array)) {
    return Object.values(value).every(isNothing);
  }
  return false;
}

/** The outcome without what differs from one asking to the next: ids, words, moments, large numbers. */
export function shapeOf(outcome: Outcome): string {
  const text =
    'error' in outcome
      ? `${outcome.error.name} ${(outcome.error as { code?: string }).code ?? ''} ${outcome.error.message.split('\n').at(-1)}`
      : textOf(outcome.value);
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/kanarie\w{12}/g, '<word>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/\d{6,}/g, '<number>');
}
