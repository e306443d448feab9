/** Field names whose values never reach a log line, wherever they stand. */
const SECRET_NAMES =
  /^(authorization|cookie|set-cookie|password|passwordhash|secret|secrethash|token|accesstoken|refreshtoken|refreshhash|apikey|body|text|html|raw|content)$/i;
/** Secrets that can be told by their looks, in whatever text they stand. */
const SECRET_SHAPES = [
  /md_(?:live|test)_[A-Za-z0-9]+/g,
  /eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g,
  /(?<=:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/g,
];
/** What any of those shapes has in it: most text has none of it, and one look costs less than three. */
const MAY_BE_SECRET = /md_|eyJ|:\/\//;
const DEEPEST = 6;
/** Field names are few and come again with every line. */
const isSecretName = new Map<string, boolean>();
const MOST_NAMES = 1000;

/** A copy of `value` fit for a log: secret fields and secret-looking text replaced by `[redacted]`. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= DEEPEST) return '[deep]';
  if (value instanceof Error) {
    return redact(
      { ...value, type: value.name, message: value.message, stack: value.stack },
      depth + 1,
    );
  }
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  const clean: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    clean[name] = isSecret(name)
      ? '[redacted]'
      : redact((value as Record<string, unknown>)[name], depth + 1);
  }
  return clean;
}

function isSecret(name: string): boolean {
  const known = isSecretName.get(name);
  if (known !== undefined) return known;
  const secret = SECRET_NAMES.test(name);
  if (isSecretName.size < MOST_NAMES) isSecretName.set(name, secret);
  return secret;
}

/** `text` with everything that looks like a secret replaced. */
function redactText(text: string): string {
  if (!MAY_BE_SECRET.test(text)) return text;
  return SECRET_SHAPES.reduce((clean, shape) => clean.replace(shape, '[redacted]'), text);
}
