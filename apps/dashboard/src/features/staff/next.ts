/** A path of the console to come back to after the sign-in, and nothing else. */
export function consolePath(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/staff(\/[\w/-]*)?(\?[^#]*)?$/.test(value)
    ? value
    : undefined;
}
