import { transformSync } from '@swc/core';
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { inRoot } from './paths.mjs';

/**
 * Lets Node run the TypeScript of bench/, test/ and prisma/ as it stands, with decorators, by the same
 * compiler and options as the build: `node --import ./scripts/lib/typescript-hooks.mjs bench/main.ts`.
 * Node's own stripping of types knows neither decorators nor that `./report.js` means `./report.ts` before
 * a build. Aliases (`#core/…`) resolve to the built API unless `--conditions=source` says otherwise.
 */
const { $schema: _, ...options } = JSON.parse(readFileSync(inRoot('.swcrc'), 'utf8'));

registerHooks({
  resolve(specifier, context, next) {
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(fileURLToPath(source))) return next(source.href, context);
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts') || url.includes('/node_modules/')) {
      return next(url, context);
    }
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      ...options,
      filename,
      swcrc: false,
      sourceMaps: 'inline',
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
