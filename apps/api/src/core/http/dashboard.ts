import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { packageRoot } from '../config/root.js';

/** Paths that belong to the API: never answered with the dashboard's page. */
const NOT_PAGES = /^\/(api|health|metrics|assets)(\/|\?|$)/;
const YEAR = 365 * 24 * 3600;

/**
 * Serves the built dashboard at `/`: hashed assets for a year, the page itself always fresh, and the page for every
 * path of its own router. Without a build (tests, API only) there is nothing to serve and nothing is added.
 */
export async function serveDashboard(fastify: FastifyInstance): Promise<void> {
  const root = join(packageRoot(), 'dist/dashboard');
  if (!existsSync(join(root, 'index.html'))) return;
  await fastify.register(fastifyStatic, {
    root,
    serve: false,
    cacheControl: false,
    preCompressed: true,
  });
  fastify.get('/assets/*', (request, reply) => {
    const file = `assets/${(request.params as { '*': string })['*']}`;
    return reply.header('cache-control', `public, max-age=${YEAR}, immutable`).sendFile(file);
  });
  fastify.get('/*', (request, reply) => {
    if (NOT_PAGES.test(request.url)) return reply.callNotFound();
    const path = decodeURIComponent(request.url.split('?')[0]!).slice(1);
    // A name with an ending asks for a file; the page in its place would be taken for a script or a picture.
    const isFile = /^[\w-]+\.\w+$/.test(path);
    return reply.header('cache-control', 'no-cache').sendFile(isFile ? path : 'index.html');
  });
}
