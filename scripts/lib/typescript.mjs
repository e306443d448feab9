import { pathToFileURL } from 'node:url';
import { currentNode, withNode } from './node.mjs';
import { inRoot, root } from './paths.mjs';
import { runInForeground } from './processes.mjs';

/** Runs a TypeScript program of the repository in the foreground; resolves to its exit code. */
export function runTypeScript(file, args, env) {
  const hooks = pathToFileURL(inRoot('scripts/lib/typescript-hooks.mjs')).href;
  const options = ['--enable-source-maps', '--import', hooks];
  return runInForeground(currentNode(), [...options, inRoot(file), ...args], {
    cwd: root,
    env: withNode(env),
  });
}
