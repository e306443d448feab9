import { createHash } from 'node:crypto';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { run } from './processes.mjs';
import { Sentence } from './sentence.mjs';

/**
 * Postgres refuses to run as root. Under root it therefore runs as an unprivileged account that exists
 * on the machine. Resolves to where the cluster lives and how programs are run for it:
 * `{ home, own(file), run(program, args), spawn(program, args, stdio) }`.
 */
export function serverAccount({ dataDir, native, say }) {
  if (process.getuid?.() !== 0) return ordinary(dataDir, native);
  const who = accountFor(path.join(dataDir, 'cluster'));
  const own = (file) => chownSync(file, who.uid, who.gid);
  if (isReachable(dataDir) && isReachable(path.join(native, 'bin'))) {
    return { home: dataDir, own, ...as(who, native) };
  }
  if (canPassFolders(who, native))
    return { home: dataDir, own, ...as(who, native, passingFolders(who)) };
  return elsewhere({ dataDir, native, who, own, say });
}

function ordinary(dataDir, native) {
  const owner = ownerOf(path.join(dataDir, 'cluster'));
  if (owner && process.getuid && owner.uid !== process.getuid()) {
    throw new Sentence(
      `the database in ${dataDir} belongs to another account, it was made by root for instance; run this as that account, remove the folder, or set MANYDESK_DATA_DIR to another one.`,
    );
  }
  return { home: dataDir, own: () => {}, ...as(null, native) };
}

/** An existing cluster stays with its owner; a new one goes to `postgres`, or to `nobody`. */
function accountFor(cluster) {
  const owner = ownerOf(cluster);
  if (owner && owner.uid !== 0) return owner;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const found = accounts.find((fields) => fields[0] === name);
    if (found && Number(found[2]) !== 0) return { uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Sentence(
    'Postgres does not run as root and this machine has no account "postgres" or "nobody" for it; create one (useradd --system postgres), or set DATABASE_URL.',
  );
}

function ownerOf(folder) {
  if (!existsSync(folder)) return null;
  const { uid, gid } = statSync(folder);
  return { uid, gid };
}

/** Whether any account may walk down to this folder. */
function isReachable(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * A clone in a folder of mode 700 (`/root`, `mktemp -d`) cannot be entered by the unprivileged account.
 * It gets one capability of root's, to read and search past permissions, and no other. Postgres asks the
 * kernel with access(2), which drops capabilities of ordinary accounts unless `no_setuid_fixup` is set.
 */
function passingFolders({ uid, gid }) {
  const options = `--reuid=${uid} --regid=${gid} --clear-groups --inh-caps=+dac_read_search --ambient-caps=+dac_read_search --securebits=+no_setuid_fixup --`;
  return ['setpriv', ...options.split(' ')];
}

/** setpriv may be missing, or the container may not hold the capability: tried rather than guessed. */
function canPassFolders(who, native) {
  const [command, ...args] = passingFolders(who);
  const probe = ['/bin/sh', '-c', 'test -x "$0"', path.join(native, 'bin', 'postgres')];
  return spawnSync(command, [...args, ...probe], { cwd: '/', stdio: 'ignore' }).status === 0;
}

/** The last resort: cluster and binaries in a folder under /var/tmp that every account can enter. */
function elsewhere({ dataDir, native, who, own, say }) {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const home = `/var/tmp/manydesk-${name}`;
  mkdirSync(home, { recursive: true });
  if (statSync(home).uid !== 0) {
    throw new Sentence(
      `the folder ${home} belongs to another account; remove it, or set DATABASE_URL.`,
    );
  }
  chmodSync(home, 0o755);
  const copy = path.join(home, 'postgres');
  if (!existsSync(path.join(copy, 'complete'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    mkdirSync(path.join(copy, 'complete'));
  }
  say(`the database lives in ${home}, because an unprivileged account cannot enter ${dataDir}`);
  return { home, own, ...as(who, copy) };
}

function as(who, native, prefix = []) {
  const command = (program, args) => {
    const [first, ...rest] = [...prefix, path.join(native, 'bin', program), ...args];
    return [first, rest];
  };
  const identity = who && prefix.length === 0 ? { uid: who.uid, gid: who.gid } : {};
  // None of the caller's PG… variables, and a folder that every account can enter.
  const env = {
    PATH: process.env.PATH,
    TZ: 'UTC',
    ...(process.platform === 'win32' ? process.env : {}),
  };
  const cwd = path.parse(process.cwd()).root;
  return {
    run: (program, args) => run(...command(program, args), { cwd, env, ...identity }),
    // In a session of its own: a Ctrl-C in the terminal must not reach Postgres before we have stopped
    // what still uses it.
    spawn: (program, args, stdio) =>
      spawn(...command(program, args), {
        cwd,
        env,
        stdio,
        detached: true,
        windowsHide: true,
        ...identity,
      }),
  };
}
