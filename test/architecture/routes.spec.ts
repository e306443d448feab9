import 'reflect-metadata';
import {
  DiscoveryService,
  MetadataScanner,
  ModulesContainer,
  NestFactory,
  Reflector,
} from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AccessCheck, type DeclaredRoute } from '#core/tenancy/access-check.js';
import { AppModule } from '../../apps/api/src/app.module.js';

/** Every route with what it demands, of the application as it is wired; nothing of it is started. */
async function declaredRoutes(): Promise<DeclaredRoute[]> {
  const app = await NestFactory.create(AppModule.with({ worker: false }), new FastifyAdapter(), {
    logger: false,
    preview: true,
  });
  const discovery = new DiscoveryService(app.get(ModulesContainer));
  return new AccessCheck(discovery, new MetadataScanner(), new Reflector()).routes();
}

function demandOf(access: DeclaredRoute['access']): string {
  if (access.kind === 'permission') return access.permission;
  return `${access.kind}: ${access.kind === 'staff' ? access.permission : access.reason}`;
}

function line({ method, path, access }: DeclaredRoute): string {
  const demand = demandOf(access);
  return `${path.padEnd(38)} ${method.padEnd(6)} ${demand}`;
}

describe('the routes', () => {
  // A change of who may call what is a change of this list, and is seen as one.
  it('demand what this list says', async () => {
    const routes = await declaredRoutes();
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.map(line).toSorted().join('\n')).toMatchSnapshot();
  });
});
