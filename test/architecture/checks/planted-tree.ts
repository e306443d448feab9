import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repository } from './house.js';

/** What the tools read. Large things that they do not are left out of the copy. */
const COPIED = [
  'apps',
  'bench',
  'prisma',
  'scripts',
  'sdk',
  'test',
  '.dependency-cruiser.cjs',
  '.gitignore',
  '.oxlintrc.json',
  '.swcrc',
  'jest.config.js',
  'knip.json',
  'package.json',
  'prisma.config.ts',
  'tsconfig.json',
];
const LEFT_OUT = /(?:^|\/)(?:node_modules|fixtures)$/;

/** A temporary copy of the repository, to be spoilt. */
export class PlantedTree {
  readonly root = mkdtempSync(join(tmpdir(), 'manydesk-guards-'));

  constructor() {
    for (const name of COPIED) {
      cpSync(join(repository, name), join(this.root, name), {
        recursive: true,
        filter: (path) => !LEFT_OUT.test(path.replaceAll('\\', '/')),
      });
    }
    symlinkSync(join(repository, 'node_modules'), join(this.root, 'node_modules'), 'junction');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Replaces `what` in a file that is there. Throws when it is not in it: the plant would be no violation. */
  edit(path: string, what: string, by: string): void {
    const text = readFileSync(join(this.root, path), 'utf8');
    if (!text.includes(what)) throw new Error(`${path} has no "${what}" to plant at`);
    writeFileSync(join(this.root, path), text.replace(what, by));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Runs one of the installed tools in the copy and gives the JSON that it prints, whatever its exit code. */
  run<T>(tool: string, args: string[]): Promise<T> {
    const command = [join(repository, 'node_modules', tool), ...args];
    return new Promise((resolve, reject) => {
      execFile(
        process.execPath,
        command,
        { cwd: this.root, maxBuffer: 1 << 28 },
        (_, stdout, stderr) => {
          try {
            resolve(JSON.parse(stdout) as T);
          } catch {
            reject(
              new Error(
                `${tool} printed no JSON: ${stdout.slice(0, 500)}${stderr.slice(0, 2_000)}`,
              ),
            );
          }
        },
      );
    });
  }
}
