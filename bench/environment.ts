import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Signs nothing that matters: the benchmark's databases hold made-up people. */
export const secret = 'the benchmark keeps no secrets from anybody';

/** The database of one size on the server that `serverUrl` names. */
export function databaseUrlOf(serverUrl: string, size: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/manydesk_bench_${size}`;
  return url.href;
}
