import { VersioningType, type INestApplication } from '@nestjs/common';

/**
 * Versions of the API stand in the path. The first is in the paths of its controllers; a later one of a single route is a
 * controller `@Controller({ path: 'tickets', version: '2' })`, at `/api/v2/tickets`, beside the first and instead of
 * nothing: there is no second copy of what did not change.
 */
export function addVersions(app: INestApplication): void {
  app.enableVersioning({ type: VersioningType.URI, prefix: 'api/v' });
}
