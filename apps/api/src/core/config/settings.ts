import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { Secrets } from './secrets.js';

/** A setting is missing or wrong. The message is one sentence that says which, why, and how to mend it. */
export class BadSetting extends Error {
  override readonly name = 'BadSetting';
}

export type Mode = 'development' | 'production' | 'test';
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Everything that the environment says, parsed once. Nothing else reads `process.env`. */
export interface Settings {
  mode: Mode;
  port: number;
  host: string;
  dataDir: string;
  /** The owner of the tables: migrations and provisioning only. Null in a process that was not given it. */
  databaseUrl: string | null;
  /** What the tenant pool connects with. */
  databaseAppUrl: string;
  /** What the cross-tenant handle, the queue and LISTEN connect with: always a direct connection. */
  databaseSystemUrl: string;
  /** What the staff's own handle connects with; null shuts their door, when the operator gave roles and none for it. */
  databaseAdminUrl: string | null;
  /** Whether the URLs of the two roles were given; then their roles are the operator's and not provisioned by us. */
  rolesAreGiven: boolean;
  redisUrl: string | null;
  smtpUrl: string | null;
  mailDomain: string;
  publicUrl: string;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Addresses and CIDR blocks whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  /** CIDR blocks inside the operator's network that tenants' single sign-on may lead to; none by default. */
  allowedPrivateNetworks: string[];
  /** Addresses and CIDR blocks that the deployment's own staff sign in from; to all others their door is not there. */
  adminAllowedNetworks: string[];
  /** What an organization, and each of its callers, may ask for in a minute and at the same time; 0 is any number. */
  limits: { perMinute: number; perCallerPerMinute: number; concurrent: number };
  /** Bytes of files that an organization may keep. */
  storagePerOrganization: number;
  /** Days that the feed of events goes back; 0 for as long as the log, which is never cut. */
  eventFeedDays: number;
  /** Who sells plans to organizations here, and what stands on invoices. */
  billing: BillingSettings;
  /** The object store for files; null keeps them in the data folder. */
  s3: S3Settings | null;
  /** Where a worker tells its metrics and its health; null for nowhere. */
  workerMetrics: { host: string; port: number } | null;
  /** The collector that traces are sent to; null when none are made. */
  tracing: TracingSettings | null;
  secrets: Secrets;
  /** Set by the launcher: stop when the launcher is gone. */
  supervised: boolean;
}

export const BILLING_PROVIDERS = ['none', 'manual', 'stripe'] as const;

/** Who sells plans, and how. */
export interface BillingSettings {
  /** `none`: nobody, and everybody may have everything. `manual`: invoices of our own, paid to an account. `stripe`: Stripe. */
  provider: (typeof BILLING_PROVIDERS)[number];
  /** Name and address of the seller, a line each. */
  seller: string[];
  /** The seller's tax number; empty for none. */
  sellerTaxId: string;
  /** What invoices and credit notes of this seller are numbered with. */
  invoicePrefix: string;
  /** What the tax is called. */
  taxName: string;
  /** Hundredths of a per cent. */
  taxRate: number;
  /** What the buyer is to do, printed below the sum. */
  paymentTerms: string;
  /** How Stripe is asked, and known; null where it sells nothing. */
  stripe: StripeSettings | null;
  /** What an organization has that has taken no plan: the id of one. */
  defaultPlan: string;
  costs: CostRates;
}

/** An account of Stripe. */
export interface StripeSettings {
  secretKey: string;
  /** Whether the key moves real money. */
  isLive: boolean;
  /** What events are signed with: more than one while they are changed. */
  webhookSecrets: string[];
  /** Another address than Stripe's own, for development and tests; null for Stripe. */
  apiBase: string | null;
}

/** What serving organizations costs the operator, in the smallest unit of a currency. */
export interface CostRates {
  currency: string;
  /** An hour that the database works. */
  databaseHour: number;
  /** An hour that an answer or a job takes. */
  processHour: number;
  /** A GiB that lies for a month. */
  gibMonth: number;
  thousandMails: number;
}

/** Where files are kept instead of the data folder: anything that speaks the protocol of Amazon S3. */
export interface S3Settings {
  /** Manydesk's alone: what belongs to no organization in it is deleted. */
  bucket: string;
  /** Null for Amazon itself. */
  endpoint: string | null;
  region: string;
  /** Null to find them as the environment of the machine says (a role, a profile). */
  credentials: { accessKeyId: string; secretAccessKey: string } | null;
  /** The bucket in the path instead of in the host name, as most stores other than Amazon's want it. */
  forcePathStyle: boolean;
}

/** Where traces go, by the protocol of OpenTelemetry over HTTP (OTLP/HTTP 1.x, JSON). */
export interface TracingSettings {
  /** The address that batches of spans are posted to. */
  url: string;
  serviceName: string;
  /** The part of all traces that is kept, from 0 to 1. */
  ratio: number;
}

const MEGABYTE = 1024 * 1024;
/** Whoever is on the machine itself. */
const LOOPBACK = '127.0.0.0/8, ::1';
const MOST_A_MINUTE = 100_000_000;

type Environment = Record<string, string | undefined>;

/**
 * Reads the settings. Takes the environment (values of `.env` already merged), gives typed settings, throws
 * {@link BadSetting} for the first one that is wrong.
 */
export function readSettings(env: Environment): Settings {
  const mode = oneOf(
    env,
    'NODE_ENV',
    ['development', 'production', 'test'] as const,
    'development',
  );
  const port = integer(env, 'PORT', 3000, 0, 65535);
  const publicUrl = url(env, 'PUBLIC_URL', ['http:', 'https:']) ?? `http://localhost:${port}`;
  const dataDir = folder(env.MANYDESK_DATA_DIR?.trim() || '.manydesk');
  const secrets = new Secrets(secret(env, mode, dataDir));
  const databaseUrl = url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']);
  const appUrl = url(env, 'DATABASE_APP_URL', ['postgres:', 'postgresql:']);
  const systemUrl = url(env, 'DATABASE_SYSTEM_URL', ['postgres:', 'postgresql:']);
  if (databaseUrl === null && appUrl === null) {
    throw new BadSetting(
      'DATABASE_URL is not set: start with `npm start`, which brings its own Postgres, or set DATABASE_URL to postgres://user:password@host:5432/database',
    );
  }
  if ((appUrl === null) !== (systemUrl === null)) {
    throw new BadSetting(
      'DATABASE_APP_URL and DATABASE_SYSTEM_URL belong together: set both, or neither to have the two roles made for you',
    );
  }
  return {
    mode,
    port,
    host: env.HOST?.trim() || (mode === 'production' ? '0.0.0.0' : '127.0.0.1'),
    dataDir,
    databaseUrl,
    databaseAppUrl: appUrl ?? loginUrl(databaseUrl!, 'app', secrets),
    databaseSystemUrl: systemUrl ?? loginUrl(databaseUrl!, 'system', secrets),
    databaseAdminUrl:
      url(env, 'DATABASE_ADMIN_URL', ['postgres:', 'postgresql:']) ??
      (appUrl === null ? loginUrl(databaseUrl!, 'admin', secrets) : null),
    rolesAreGiven: appUrl !== null,
    redisUrl: url(env, 'REDIS_URL', ['redis:', 'rediss:']),
    smtpUrl: url(env, 'SMTP_URL', ['smtp:', 'smtps:']),
    mailDomain: mailDomain(env, publicUrl),
    publicUrl: publicUrl.replace(/\/+$/, ''),
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    trustedProxies: networks(env, 'TRUSTED_PROXIES'),
    allowedPrivateNetworks: networks(env, 'ALLOWED_PRIVATE_NETWORKS'),
    adminAllowedNetworks: networks(env, 'ADMIN_ALLOWED_NETWORKS', LOOPBACK),
    limits: {
      perMinute: integer(env, 'RATE_LIMIT_PER_MINUTE', 6_000, 0, MOST_A_MINUTE),
      perCallerPerMinute: integer(env, 'RATE_LIMIT_PER_KEY_PER_MINUTE', 1_200, 0, MOST_A_MINUTE),
      concurrent: integer(env, 'CONCURRENT_REQUESTS', 50, 0, 10_000),
    },
    storagePerOrganization:
      integer(env, 'ATTACHMENTS_PER_ORGANIZATION_MB', 5120, 1, 100_000_000) * MEGABYTE,
    eventFeedDays: integer(env, 'EVENT_FEED_DAYS', 0, 0, 36_500),
    billing: billing(env, mode),
    s3: s3(env),
    workerMetrics: workerMetrics(env),
    tracing: tracing(env),
    secrets,
    supervised: env.MANYDESK_SUPERVISED === '1',
  };
}

/** The logins of the product: tenants' work, work across tenants, and the staff's. */
export type DatabasePurpose = 'app' | 'system' | 'admin';

/** The URL of the owner of the tables. Throws {@link BadSetting} in a process that was given the other two alone. */
export function ownerUrl({ databaseUrl }: Settings): string {
  if (databaseUrl !== null) return databaseUrl;
  throw new BadSetting(
    'DATABASE_URL is not set, and only the owner of the tables may change them: set it to postgres://owner:password@host:5432/database for this command',
  );
}

/** The name of the login role for `purpose` in the database that `databaseUrl` names. */
export function loginRole(databaseUrl: string, purpose: DatabasePurpose): string {
  return `${decodeURIComponent(new URL(databaseUrl).pathname.slice(1))}_${purpose}`;
}

function loginUrl(databaseUrl: string, purpose: DatabasePurpose, secrets: Secrets): string {
  const login = new URL(databaseUrl);
  const role = loginRole(databaseUrl, purpose);
  login.username = encodeURIComponent(role);
  login.password = secrets.databasePassword(role);
  return login.href;
}

function oneOf<T extends string>(
  env: Environment,
  name: string,
  allowed: readonly T[],
  otherwise: T,
): T {
  const value = env[name]?.trim() || otherwise;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) {
    throw new BadSetting(`${name} is "${value}", but must be one of ${allowed.join(', ')}`);
  }
  return found;
}

function integer(
  env: Environment,
  name: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const value = env[name]?.trim();
  if (value === undefined || value === '') return otherwise;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new BadSetting(
      `${name} is "${value}", but must be a whole number from ${least} to ${most}`,
    );
  }
  return number;
}

function url(env: Environment, name: string, schemes: string[]): string | null {
  const value = env[name]?.trim();
  if (value === undefined || value === '') return null;
  // The value itself is not repeated: it may hold a password.
  const parsed = URL.canParse(value) ? new URL(value) : null;
  const wanted = schemes.map((scheme) => `${scheme}//`).join(' or ');
  if (parsed === null || !schemes.includes(parsed.protocol)) {
    throw new BadSetting(`${name} is not a URL that starts with ${wanted}`);
  }
  if (schemes.includes('postgres:') && parsed.pathname.length < 2) {
    throw new BadSetting(
      `${name} names no database: end it with /name, as in postgres://user:password@host:5432/manydesk`,
    );
  }
  return parsed.href;
}

function s3(env: Environment): S3Settings | null {
  const value = (name: string): string => env[name]?.trim() ?? '';
  const [bucket, accessKeyId, secretAccessKey] = [
    value('S3_BUCKET'),
    value('S3_ACCESS_KEY_ID'),
    value('S3_SECRET_ACCESS_KEY'),
  ];
  const endpoint = url(env, 'S3_ENDPOINT', ['http:', 'https:']);
  const forcePathStyle =
    oneOf(env, 'S3_FORCE_PATH_STYLE', ['true', 'false'] as const, 'false') === 'true';
  if (bucket === '') {
    if (endpoint !== null || accessKeyId !== '')
      throw new BadSetting(
        'S3_BUCKET is not set, but other S3_ settings are: set it too, or none of them to keep files in the data folder',
      );
    return null;
  }
  if ((accessKeyId === '') !== (secretAccessKey === ''))
    throw new BadSetting(
      'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both, or neither to use the role of the machine',
    );
  const credentials = accessKeyId === '' ? null : { accessKeyId, secretAccessKey };
  return {
    bucket,
    endpoint,
    region: value('S3_REGION') || 'us-east-1',
    credentials,
    forcePathStyle,
  };
}

function billing(env: Environment, mode: Mode): BillingSettings {
  const value = (name: string): string => env[name]?.trim() ?? '';
  const invoicePrefix = value('BILLING_INVOICE_PREFIX') || 'MD';
  if (!/^[A-Z0-9]{1,10}$/.test(invoicePrefix))
    throw new BadSetting(
      `BILLING_INVOICE_PREFIX is "${invoicePrefix}", but must be 1 to 10 of A-Z and 0-9`,
    );
  const defaultPlan = value('BILLING_DEFAULT_PLAN') || 'free-for-all';
  if (!/^[a-z][a-z0-9-]{0,49}$/.test(defaultPlan))
    throw new BadSetting(`BILLING_DEFAULT_PLAN is "${defaultPlan}", which is no id of a plan`);
  const cost = (of: string): number => integer(env, `BILLING_COST_${of}`, 0, 0, 100_000_000);
  const costCurrency = value('BILLING_COST_CURRENCY') || 'EUR';
  if (!/^[A-Z]{3}$/.test(costCurrency))
    throw new BadSetting(
      `BILLING_COST_CURRENCY is "${costCurrency}", but must be a currency such as EUR`,
    );
  const provider = oneOf(env, 'BILLING_PROVIDER', BILLING_PROVIDERS, 'none');
  const seller = value('BILLING_SELLER')
    .split(/\\n|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (provider === 'manual' && seller.length === 0)
    throw new BadSetting(
      'BILLING_SELLER is not set, and BILLING_PROVIDER=manual needs it: name and address of who sends the invoices, with \\n between the lines',
    );
  return {
    provider,
    seller,
    sellerTaxId: value('BILLING_SELLER_TAX_ID'),
    invoicePrefix,
    taxName: value('BILLING_TAX_NAME') || 'VAT',
    taxRate: integer(env, 'BILLING_TAX_BASIS_POINTS', 0, 0, 10_000),
    paymentTerms: value('BILLING_PAYMENT_TERMS'),
    stripe: provider === 'stripe' ? stripe(env, mode) : null,
    defaultPlan,
    costs: {
      currency: costCurrency,
      databaseHour: cost('DATABASE_HOUR'),
      processHour: cost('PROCESS_HOUR'),
      gibMonth: cost('GIB_MONTH'),
      thousandMails: cost('THOUSAND_MAILS'),
    },
  };
}

function stripe(env: Environment, mode: Mode): StripeSettings {
  const secretKey = env.STRIPE_SECRET_KEY?.trim() ?? '';
  const kind = /^[sr]k_(test|live)_\w+$/.exec(secretKey)?.[1];
  if (kind === undefined)
    throw new BadSetting(
      'STRIPE_SECRET_KEY is not set or no secret key, and BILLING_PROVIDER=stripe needs it: sk_live_… or sk_test_… of the account (Developers, API keys)',
    );
  const webhookSecrets = (env.STRIPE_WEBHOOK_SECRET ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (webhookSecrets.length === 0 || webhookSecrets.some((part) => !part.startsWith('whsec_')))
    throw new BadSetting(
      'STRIPE_WEBHOOK_SECRET is not set or no signing secret, and BILLING_PROVIDER=stripe needs it: whsec_… of the webhook endpoint, several with commas while they are changed',
    );
  const apiBase = url(env, 'STRIPE_API_BASE', ['http:']);
  if (apiBase !== null && (mode === 'production' || new URL(apiBase).hostname !== '127.0.0.1'))
    throw new BadSetting(
      'STRIPE_API_BASE leads elsewhere than to Stripe: it may be set in development and tests alone, and to http://127.0.0.1',
    );
  const base = apiBase?.replace(/\/+$/, '') ?? null;
  return { secretKey, isLive: kind === 'live', webhookSecrets, apiBase: base };
}

function workerMetrics(env: Environment): Settings['workerMetrics'] {
  const port = integer(env, 'WORKER_METRICS_PORT', 0, 0, 65535);
  // Loopback unless it is said otherwise: the numbers are nobody's but the operator's.
  return port === 0 ? null : { host: env.WORKER_METRICS_HOST?.trim() || '127.0.0.1', port };
}

function tracing(env: Environment): TracingSettings | null {
  const endpoint = url(env, 'OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:']);
  if (endpoint === null) return null;
  const ratio = Number(env.OTEL_TRACES_SAMPLER_ARG?.trim() || 1);
  if (!(ratio >= 0 && ratio <= 1))
    throw new BadSetting(
      'OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1: the part of all traces that is kept',
    );
  // The endpoint is a base; each signal has its path under it (OpenTelemetry Protocol Exporter, "Endpoint URLs").
  return {
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    serviceName: env.OTEL_SERVICE_NAME?.trim() || 'manydesk',
    ratio,
  };
}

function networks(env: Environment, name: string, otherwise = ''): string[] {
  const parts = (env[name]?.trim() || otherwise)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const part of parts) {
    const isNetwork = part.includes('/') ? ipaddr.isValidCIDR(part) : ipaddr.isValid(part);
    if (!isNetwork) {
      throw new BadSetting(
        `${name} holds "${part}", but must be addresses or CIDR blocks with commas between them, such as 10.0.0.0/8, ::1`,
      );
    }
  }
  return parts;
}

function folder(path: string): string {
  const absolute = resolve(path);
  try {
    mkdirSync(absolute, { recursive: true });
    accessSync(absolute, constants.W_OK);
  } catch {
    throw new BadSetting(
      `MANYDESK_DATA_DIR is ${absolute}, which cannot be written: make it writable for this user or set MANYDESK_DATA_DIR to a folder that is`,
    );
  }
  return absolute;
}

function secret(env: Environment, mode: Mode, dataDir: string): string {
  const given = env.MANYDESK_SECRET?.trim();
  if (given !== undefined && given !== '') {
    if (given.length < 32) {
      throw new BadSetting(
        `MANYDESK_SECRET has ${given.length} characters, but must have at least 32: make one with \`openssl rand -hex 32\``,
      );
    }
    return given;
  }
  if (mode === 'production') {
    throw new BadSetting(
      'MANYDESK_SECRET is not set, and production needs it: make one with `openssl rand -hex 32` and keep it',
    );
  }
  const file = join(dataDir, 'secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

function mailDomain(env: Environment, publicUrl: string): string {
  const value = env.MAIL_FROM_DOMAIN?.trim() || new URL(publicUrl).hostname;
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value)) {
    throw new BadSetting(
      `MAIL_FROM_DOMAIN is "${value}", but must be a domain name such as desk.example.com`,
    );
  }
  return value.toLowerCase();
}
