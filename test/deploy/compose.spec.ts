import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import ipaddr from 'ipaddr.js';
import { readSettings } from '#core/config/settings.js';
import { LARGEST_FILE } from '../../apps/api/src/modules/attachments/files.service.js';
import { useApp } from '../support/app.js';
import { composeFile, imageCommands, knownSettings, read, root } from '../support/manifests.js';

const ENV = {
  MANYDESK_SECRET: 'm'.repeat(64),
  POSTGRES_PASSWORD: 'owner-password',
  APP_DATABASE_PASSWORD: 'app-password',
  SYSTEM_DATABASE_PASSWORD: 'system-password',
  ADMIN_DATABASE_PASSWORD: 'admin-password',
};
const FILES = ['compose.yaml', 'deploy/compose.tls.yaml'];
const compose = composeFile('compose.yaml', ENV);
const { services } = compose;
const desk = ['migrate', 'api', 'worker'];
const dataDir = mkdtempSync(join(tmpdir(), 'manydesk-compose-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

/** The schema of the Compose specification, as a linter of such files carries it. */
function validator() {
  const schema = JSON.parse(read('node_modules/dclint/schemas/compose.schema.json'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  (addFormats as unknown as (to: Ajv) => void)(ajv);
  // Named by an address that ajv does not know the draft by.
  return ajv.compile({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' });
}

describe('compose.yaml', () => {
  it.each(FILES)('%s is what the specification says', (file) => {
    const validate = validator();
    expect([validate(composeFile(file, ENV)), validate.errors]).toEqual([true, null]);
  });

  it('would be refused with a field that Compose does not know', () => {
    const api = { ...services.api, depends: ['migrate'] };
    expect(validator()({ ...compose, services: { ...services, api } })).toBe(false);
  });

  it.each(Object.keys(ENV))('says that %s is needed', (name) => {
    expect(() => composeFile('compose.yaml', { ...ENV, [name]: '' })).toThrow(
      `compose.yaml needs ${name}: set ${name}`,
    );
  });

  it('has every file and volume that it mounts, and every service that it waits for', () => {
    for (const service of Object.values<any>(services)) {
      for (const volume of service.volumes ?? []) {
        const [source] = String(volume).split(':');
        const there = source!.startsWith('.')
          ? existsSync(join(root, source!))
          : source! in compose.volumes;
        expect([volume, there]).toEqual([volume, true]);
      }
      for (const [name, { condition }] of Object.entries<any>(service.depends_on ?? {})) {
        if (condition === 'service_healthy') {
          const ofImage = desk.includes(name) && services[name].healthcheck === undefined;
          expect([name, ofImage || services[name].healthcheck?.test !== undefined]).toEqual([
            name,
            true,
          ]);
        }
      }
    }
  });

  it('runs commands of the image, with settings that there are and that are fine', () => {
    for (const name of desk) {
      const { command, environment } = services[name];
      expect(imageCommands()).toContain(command[0]);
      expect(Object.keys(environment).filter((key) => !knownSettings().includes(key))).toEqual([]);
      const given = { NODE_ENV: 'production', MANYDESK_DATA_DIR: dataDir, ...environment };
      const { databaseUrl, databaseAppUrl, databaseSystemUrl } = readSettings(given);
      expect(databaseUrl !== null).toBe(name === 'migrate');
      expect(new URL(databaseAppUrl)).toMatchObject({
        hostname: 'pgbouncer',
        search: '?pgbouncer=true',
      });
      expect(new URL(databaseSystemUrl)).toMatchObject({ hostname: 'postgres', search: '' });
    }
  });

  it('publishes nginx and nothing else', () => {
    const publishing = Object.keys(services).filter((name) => services[name].ports);
    expect(publishing).toEqual(['nginx']);
  });

  it('trusts nginx, whose address nobody else can get', () => {
    const { ipv4_address: address } = services.nginx.networks.desk;
    const [{ subnet, ip_range: others }] = compose.networks.desk.ipam.config;
    expect(services.api.environment.TRUSTED_PROXIES).toBe(address);
    const isIn = (network: string): boolean =>
      ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(network));
    expect([isIn(subnet), isIn(others)]).toEqual([true, false]);
  });
});

describe('PgBouncer', () => {
  const ini = read('deploy/pgbouncer/pgbouncer.ini');

  it('hands a connection over after each transaction, to the database that is there', () => {
    expect(ini).toMatch(/^pool_mode = transaction$/m);
    const [, database, name] = /^(\w+) = host=postgres port=5432 dbname=(\w+)$/m.exec(ini)!;
    expect([database, name]).toEqual(['manydesk', services.postgres.environment.POSTGRES_DB]);
    expect(ini).toMatch(/^listen_port = 6432$/m);
  });

  it('knows the one login that comes through it', () => {
    const { username, password } = new URL(services.api.environment.DATABASE_APP_URL);
    expect(compose.configs.pgbouncer_users.content).toBe(`"${username}" "${password}"\n`);
    expect(read('deploy/postgres/roles.sh')).toContain(`create role ${username} login`);
  });

  it('leaves connections of the server to those that go straight to it', () => {
    const size = Number(/^default_pool_size = (\d+)$/m.exec(ini)![1]);
    const reserve = Number(/^reserve_pool_size = (\d+)$/m.exec(ini)![1]);
    const most = Number(/max_connections=(\d+)/.exec(services.postgres.command.join(' '))![1]);
    // Six of the system's pool and one that listens, of as many processes as one machine may want.
    expect(size + reserve + 7 * 20).toBeLessThan(most);
  });
});

const running = await useApp();

describe('nginx', () => {
  const [main, locations] = ['nginx.conf', 'desk.conf'].map((file) => read(`deploy/nginx/${file}`));
  const blockOf = (path: string): string =>
    new RegExp(`location (?:= )?${path} \\{([^}]*)\\}`).exec(locations!)![1]!;

  it('lets through what the API takes', () => {
    const most = Number(/client_max_body_size (\d+)m;/.exec(main!)![1]) * 1024 * 1024;
    expect(most).toBeGreaterThan(LARGEST_FILE);
    expect(most).toBeLessThan(LARGEST_FILE + 2 * 1024 * 1024);
  });

  it('does not buffer answers that never end, at routes that there are', () => {
    for (const path of ['/api/v1/events/stream', '/api/mcp']) {
      expect(blockOf(path)).toContain('proxy_buffering off;');
      expect(blockOf(path)).toContain('proxy_read_timeout 1h;');
      const server = running.app.getHttpAdapter().getInstance();
      const method = path === '/api/mcp' ? 'POST' : 'GET';
      expect([path, server.hasRoute({ method, url: path })]).toEqual([path, true]);
    }
  });

  it('hands on an id of the request that the API takes', async () => {
    const [, shape] = /"~(\^[^"]+)" \$http_x_request_id;/.exec(main!)!;
    for (const id of [
      'a'.repeat(32),
      'my-own.request_1',
      'short',
      'with space inside',
      'x'.repeat(129),
    ]) {
      const answer = await running
        .as(null)
        .get('/health/live', { headers: { 'x-request-id': id } });
      const isTaken = answer.headers['x-request-id'] === id;
      expect([id, new RegExp(shape!).test(id)]).toEqual([id, isTaken]);
    }
    expect(locations).toContain('proxy_set_header X-Request-Id $desk_request_id;');
  });

  it('says where a request comes from itself, and keeps the operator’s routes inside', () => {
    expect(locations).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(locations).not.toContain('$proxy_add_x_forwarded_for');
    expect(blockOf('/metrics')).toContain('return 404;');
    expect(blockOf('/health/')).toContain('deny all;');
  });

  it('writes no address and no path into its log: links hold tokens', () => {
    const [, format] = /log_format desk escape=json([^;]*);/.exec(main!)!;
    expect(format).not.toMatch(
      /\$(?:request|uri|request_uri|args|query_string|remote_addr|http_\w+)\b/,
    );
  });
});
