import { AccessCheck } from '#core/tenancy/access-check.js';
import { UsersService } from '#modules/users/users.service.js';
import { useApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('operator') });
const { given, as, document } = running;
const anybody = as(null);
const acme = await given.organization('Canary Desk');

describe('health', () => {
  it('live says that the process answers', async () => {
    const answer = await anybody.get('/health/live');

    expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }]);
  });

  it('ready says what it depends on', async () => {
    const answer = await anybody.get('/health/ready');

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ status: 'ok', checks: { database: 'ok' } });
  });
});

describe('metrics', () => {
  it('count requests, queue, outbox and pool', async () => {
    await acme.owner.get('/tickets');
    const { status, text, headers } = await anybody.get('/metrics');

    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const name of [
      'http_request_seconds_count{method="GET",route="/api/v1/tickets",status="200"}',
      'http_request_seconds_bucket',
      'tenant_pool_connections',
      'tenant_pool_waiting',
      'outbox_rows',
      'outbox_lag_seconds',
      'queue_waiting_jobs',
      'queue_failed_jobs',
      'process_resident_memory_bytes',
    ]) {
      expect(text).toContain(`manydesk_${name}`);
    }
  });

  it('hold nothing of a tenant, whatever is asked', async () => {
    const ticket = await acme.ticket({ subject: 'canary-subject', tags: ['canary-tag'] });
    await acme.owner.get(`/tickets/${ticket.id}?subject=canary-query`);
    await acme.owner.get('/canary-path/more');
    await anybody.get('/api/canary-root');
    await acme.owner.get('/tickets?tag=canary-tag', {
      headers: { 'x-request-id': 'canary-request' },
    });

    const { text } = await anybody.get('/metrics');

    expect(text).not.toMatch(/canary/i);
    for (const id of [acme.id, acme.owner.user.id, acme.owner.user.email, ticket.id]) {
      expect(text).not.toContain(id);
    }
  });
});

describe('the OpenAPI document', () => {
  interface Operation {
    operationId: string;
    summary?: string;
    tags?: string[];
    parameters?: { name: string; in: string; schema?: object }[];
    requestBody?: { content: Record<string, { schema: object }> };
    responses: Record<string, { $ref?: string; content?: Record<string, { schema?: any }> }>;
    security?: object[];
    description?: string;
    'x-permission'?: string;
    'x-staff-permission'?: string;
  }
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(
      ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
    ),
  );
  const inDocument = new Map(operations);
  const routes = running
    .get(AccessCheck)
    .routes()
    .filter(({ path }) => path.startsWith('/api/'));

  it('is served as it is made', async () => {
    const answer = await anybody.get('/api/openapi.json');

    expect(answer.status).toBe(200);
    expect(answer.body.openapi).toMatch(/^3\.1\./);
    expect(answer.body.paths).toEqual(JSON.parse(JSON.stringify(document.paths)));
    expect((await anybody.get('/api/docs')).status).toBe(200);
  });

  it('has every route and no other', () => {
    const declared = routes.map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
    );

    expect([...inDocument.keys()].sort()).toEqual(declared.sort());
  });

  it.each(routes.map(({ method, path, access }) => ({ method, path, access })))(
    'tells of $method $path what it is, what it takes and what it answers',
    ({ method, path, access }) => {
      const operation = inDocument.get(`${method} ${path.replace(/:(\w+)/g, '{$1}')}`)!;

      expect(operation.summary).toBeTruthy();
      expect(operation.tags).toHaveLength(1);
      // A protocol of others writes its failures in its own way (RFC 7644, 3.12).
      const isScim = path.startsWith('/api/v1/scim/');
      const failures = Object.entries(operation.responses).filter(([status]) =>
        /^[45]/.test(status),
      );
      const names = failures.map(([, { $ref }]) => $ref!.split('/').at(-1)!);
      expect(names.every((name) => name.startsWith('Scim') === isScim)).toBe(true);
      const statuses = failures.map(([status]) => Number(status));
      expect(statuses).toEqual(expect.arrayContaining(leastFailures(path, access.kind)));
      const good = Object.entries(operation.responses).filter(([status]) => /^[23]/.test(status));
      expect(good).toHaveLength(1);
      const types = Object.entries(good[0]![1].content ?? {});
      const isBodiless = ['204', '302'].includes(good[0]![0]);
      expect(types.length > 0).toBe(!isBodiless);
      for (const [type, { schema }] of types.slice(0, 1))
        if (type.endsWith('json')) expect(schema).toBeTruthy();
      if (access.kind === 'permission') expect(operation['x-permission']).toBe(access.permission);
      if (access.kind === 'staff') expect(operation['x-staff-permission']).toBe(access.permission);
      const isOpen = access.kind === 'public' || access.kind === 'staff_door';
      if (!isOpen) expect(operation.security).toEqual([{ bearer: [] }]);
      const demand = 'permission' in access ? access.permission : access.reason;
      expect(operation.description).toContain(demand);
      const named = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(named.map(({ name }) => name)).toEqual(
        path.match(/:\w+/g)?.map((p) => p.slice(1)) ?? [],
      );
    },
  );

  it('names each operation once and every reference leads somewhere', () => {
    const ids = operations.map(([, { operationId }]) => operationId);

    expect(new Set(ids).size).toBe(ids.length);
    const text = JSON.stringify(document);
    const components = document.components as Record<string, Record<string, unknown>>;
    for (const [, kind, name] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) {
      expect(Object.keys(components[kind!]!)).toContain(name);
    }
  });

  it('has a type for every field of every schema', () => {
    for (const schema of Object.values(document.components!.schemas!) as any[]) {
      for (const [field, property] of Object.entries<any>(schema.properties ?? {})) {
        const isTyped = property.type ?? property.$ref ?? property.anyOf ?? property.enum;
        expect([field, Boolean(isTyped)]).toEqual([field, true]);
      }
    }
  });
});

/** Statuses that every route of this form may answer. */
function leastFailures(path: string, access: string): number[] {
  return [
    ...(access === 'public' ? [] : [401, 403, 429]),
    ...(path.includes(':') ? [404] : []),
    ...[500, 503],
  ];
}

describe('an answer', () => {
  it('lets out only what the document names', async () => {
    const users = running.get(UsersService);
    const honest = users.get.bind(users);
    // A service that forgets itself: the route's serializer is what stands between it and the client.
    users.get = async (id) => Object.assign(await honest(id), { passwordHash: 'canary-hash' });

    const answer = await acme.owner.get(`/users/${acme.owner.user.id}`);
    users.get = honest;

    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual(acme.owner.user);
    expect(answer.text).not.toContain('canary-hash');
  });
});
