import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root } from './paths.mjs';
import { Sentence } from './sentence.mjs';

/**
 * The settings that the launcher itself needs, from the environment or `.env` (the environment wins).
 * `env` is the whole environment for the processes that it starts: they see what was decided here, and
 * never come to another opinion by reading `.env` on their own.
 */
export function readSettings(environment = process.env) {
  const env = { ...readDotEnv(), ...environment };
  // Empty means "not set", and an empty variable of the environment thereby overrules `.env`.
  const get = (name) => env[name]?.trim() || undefined;
  const mode = get('NODE_ENV') ?? 'development';
  if (!['development', 'production', 'test'].includes(mode)) {
    throw new Sentence(
      `NODE_ENV is "${mode}"; set it to development or production, or leave it out for development.`,
    );
  }
  const production = mode === 'production';
  const port = parsePort(get('PORT') ?? '3000');
  const host = get('HOST') ?? (production ? '0.0.0.0' : '127.0.0.1');
  const dataDir = path.resolve(root, get('MANYDESK_DATA_DIR') ?? '.manydesk');
  checkSecret(get('MANYDESK_SECRET'), production);
  const given = get('DATABASE_URL');
  const databaseUrl = given ? parseDatabaseUrl(given) : null;
  Object.assign(env, {
    NODE_ENV: mode,
    PORT: String(port),
    HOST: host,
    MANYDESK_DATA_DIR: dataDir,
  });
  return { env, mode, production, port, host, dataDir, databaseUrl };
}

/** The entries of `.env` in the folder of the repository, or none. */
export function readDotEnv(file = inRoot('.env')) {
  if (!existsSync(file)) return {};
  try {
    return parseDotEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Sentence(`cannot read ${file} (${error.code}); make it readable or remove it.`);
  }
}

/** `NAME=value` lines; `#` begins a comment, quotes keep spaces and `#`, `export` in front is ignored. */
export function parseDotEnv(text) {
  const entries = {};
  const line =
    /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[^\r\n]*?)[ \t]*(?:#[^\r\n]*)?\r?$/gm;
  for (const [, name, raw] of text.matchAll(line)) {
    const quote = raw[0];
    if (quote === '"')
      entries[name] = raw.slice(1, -1).replaceAll('\\n', '\n').replace(/\\(.)/g, '$1');
    else if (quote === "'") entries[name] = raw.slice(1, -1);
    else entries[name] = raw.replace(/\s+#.*$/, '').trim();
  }
  return entries;
}

function parsePort(text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Sentence(
      `PORT is "${text}"; set it to a number from 1 to 65535, for example PORT=3000.`,
    );
  }
  return port;
}

function checkSecret(secret, production) {
  if (secret === undefined) {
    if (!production) return;
    throw new Sentence(
      'MANYDESK_SECRET is not set; production needs one of at least 32 characters, for example from: openssl rand -hex 32',
    );
  }
  if (secret.length < 32) {
    throw new Sentence(
      `MANYDESK_SECRET has ${secret.length} characters; it needs at least 32, for example from: openssl rand -hex 32`,
    );
  }
}

function parseDatabaseUrl(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw badDatabaseUrl('it is not a URL');
  }
  if (!['postgres:', 'postgresql:'].includes(url.protocol))
    throw badDatabaseUrl('it does not begin with postgres://');
  if (url.pathname.length < 2) throw badDatabaseUrl('it names no database');
  return url;
}

/** The value itself stays out of the message: it carries a password. */
function badDatabaseUrl(why) {
  return new Sentence(
    `DATABASE_URL cannot be used, ${why}; write it as postgres://user:password@host:5432/database, or leave it out for the embedded Postgres.`,
  );
}
