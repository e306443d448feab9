import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashOfFiles } from './hash.mjs';
import { isEnding } from './lifetime.mjs';
import { nodePackage } from './node.mjs';
import { inRoot, root } from './paths.mjs';
import { run } from './processes.mjs';
import { seconds } from './progress.mjs';
import { Sentence } from './sentence.mjs';

const stamp = () => inRoot('node_modules', '.manydesk-lock');

/** Whether node_modules holds what package-lock.json says, as far as it can be told in milliseconds. */
function arePackagesCurrent() {
  if (!existsSync(stamp())) return false;
  return readFileSync(stamp(), 'utf8') === lockHash() && hasEveryPackage();
}

/**
 * Installs the packages when they are missing, outdated or half there. The stamp is the last thing that
 * is written and `npm ci` begins by emptying node_modules, so an install that was cut short has none.
 */
export async function installPackages(env = process.env) {
  if (arePackagesCurrent()) return 'unchanged';
  if (isInstalledByHand()) {
    writeFileSync(stamp(), lockHash());
    return 'unchanged';
  }
  const started = Date.now();
  // `--include`: NODE_ENV=production or a person's own npm settings must not leave out the build tools.
  // `--ignore-scripts`: nothing we use needs its install script (the links of the embedded Postgres are
  // set by us), and some of those scripts would download from places that a firewall may block.
  const options = [
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  let result = await npm(['ci', ...options], env);
  // npm writes a lock without the optional packages of platforms that its registry does not offer, and
  // `npm ci` then refuses its own lock. A plain install keeps to the same versions and does not mind.
  if (/\bEUSAGE\b/.test(result.output))
    result = await npm(['install', '--no-save', ...options], env);
  if (result.code !== 0) {
    process.stderr.write(`\n${result.output.trimEnd()}\n`);
    throw new Sentence(
      'npm could not install the packages, its words are above; mend that and run the same command again.',
    );
  }
  if (!hasEveryPackage()) {
    throw new Sentence(
      'npm said that it installed the packages but some are missing; delete node_modules and run the same command again.',
    );
  }
  writeFileSync(stamp(), lockHash());
  return `ok (installed in ${seconds(Date.now() - started)})`;
}

function lockHash() {
  return hashOfFiles([inRoot('package-lock.json')]);
}

/** Catches a node_modules from which something was deleted: every package that we name ourselves is there. */
function hasEveryPackage() {
  const manifest = readJson(inRoot('package.json'));
  const named = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const forThisPlatform = Object.keys(manifest.optionalDependencies).filter(
    (name) => name === nodePackage() || name.endsWith(`/${process.platform}-${process.arch}`),
  );
  return [...named, ...forThisPlatform].every((name) =>
    existsSync(inRoot('node_modules', name, 'package.json')),
  );
}

/**
 * A person's own `npm install` or `npm ci` leaves no stamp of ours but npm's own record of what it put
 * there; when that agrees with the lock there is nothing to do again.
 */
function isInstalledByHand() {
  const record = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(record) || !hasEveryPackage()) return false;
  try {
    const installed = readJson(record).packages;
    const wanted = Object.entries(readJson(inRoot('package-lock.json')).packages);
    return wanted.every(([folder, entry]) => {
      if (folder === '' || entry.optional || entry.devOptional || entry.peer) return true;
      return installed[folder]?.version === entry.version;
    });
  } catch {
    return false;
  }
}

/** Runs the npm that started us, else the one on the PATH. */
async function npm(args, env) {
  const own = env.npm_execpath;
  let command = process.platform === 'win32' ? ['cmd', '/c', 'npm'] : ['npm'];
  if (own && path.basename(own) === 'npm-cli.js' && existsSync(own))
    command = [process.execPath, own];
  try {
    return await run(command[0], [...command.slice(1), ...args], {
      cwd: root,
      env: withoutNpmState(env),
    });
  } catch (error) {
    if (isEnding()) throw error;
    throw new Sentence(
      `cannot run npm (${error.code ?? error.message}); install npm beside Node and try again.`,
    );
  }
}

/** npm hands its own state to the scripts that it runs, which a second npm must not take for settings. */
function withoutNpmState(env) {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^npm_(package|lifecycle|command|config_local_prefix)/.test(name),
    ),
  );
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
