/** What a person sets for their own desk. */
const own =
  /^(DATABASE_(APP_|SYSTEM_|ADMIN_)?URL|PORT|HOST|PUBLIC_URL|SMTP_URL|REDIS_URL|MAIL_FROM_DOMAIN|TRUSTED_PROXIES|ALLOWED_PRIVATE_NETWORKS|ADMIN_ALLOWED_NETWORKS|LOG_LEVEL|MANYDESK_DATA_DIR|MANYDESK_SECRET)$/;

/** An environment without the settings of a person's own desk: tests must never reach its database or mail. */
export function testEnvironment(environment, mode = 'test') {
  const env = Object.fromEntries(Object.entries(environment).filter(([name]) => !own.test(name)));
  if (environment.REDIS_URL && !env.TEST_REDIS_URL) env.TEST_REDIS_URL = environment.REDIS_URL;
  return { ...env, NODE_ENV: mode };
}
