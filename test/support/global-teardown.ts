import pg from 'pg';

/** Drops the databases of this run and the logins of its template. The server may be shared with other runs. */
export default async function tearDown(): Promise<void> {
  const template = process.env.MANYDESK_TEST_TEMPLATE;
  if (!template) return;
  const name = new URL(template).pathname.slice(1);
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  try {
    const made = await client.query<{ datname: string }>(
      'select datname from pg_database where datname = $1 or starts_with(datname, $2)',
      [name, `${name}_w`],
    );
    for (const { datname } of made.rows) {
      await client.query(`drop database if exists ${pg.escapeIdentifier(datname)} with (force)`);
    }
    for (const purpose of ['app', 'system'])
      await client.query(`drop role if exists ${name}_${purpose}`);
  } finally {
    await client.end();
  }
}
