import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { parse, parseAllDocuments } from 'yaml';

export const root = resolve(import.meta.dirname, '..', '..');

/** A text file of the repository. */
export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** An object of Kubernetes, as a file says it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; [field: string]: unknown };
  [field: string]: any;
}

/** Every object of the manifests under `folder`, without what is kustomize's own. */
export function manifestsOf(folder: string): Manifest[] {
  const files = readdirSync(join(root, folder), { recursive: true }) as string[];
  return files
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'))
    .sort()
    .flatMap((file) => parseAllDocuments(read(join(folder, file))))
    .map((document) => {
      if (document.errors.length > 0) throw document.errors[0]!;
      return document.toJS() as Manifest;
    });
}

/**
 * What is wrong with `manifest` by the schema of Kubernetes' own API (as `kubernetes-models` has it), in words; null when
 * nothing is. The schema knows types, required fields and formats; unknown fields it lets pass, see {@link misspelled}.
 */
export async function schemaProblem(manifest: Manifest): Promise<string | null> {
  const models = (await import(`kubernetes-models/${manifest.apiVersion}`)) as Record<string, any>;
  const Model = models[manifest.kind];
  if (!Model) return `${manifest.apiVersion} has no ${manifest.kind}`;
  try {
    new Model(manifest).validate();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Fields that Kubernetes would drop in silence because it does not know them, found by the types of the same package: an
 * object that is written out may have no property that its type has not.
 */
export function misspelled(manifests: readonly Manifest[]): string[] {
  const name = join(root, 'test', 'support', 'manifests.virtual.ts');
  const source = manifests
    .map(
      (manifest, at) =>
        `import type { I${manifest.kind} as T${at} } from 'kubernetes-models/${manifest.apiVersion}';\n` +
        `export const m${at}: T${at} = ${JSON.stringify(manifest)};`,
    )
    .join('\n');
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === name || fileExists.call(host, file);
  host.getSourceFile = (file, ...rest) =>
    file === name
      ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, file, ...rest);
  const program = ts.createProgram([name], options, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(name))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** compose.yaml or what is laid over it, with the variables of `env` filled in as Compose does. Throws for one that is missing. */
export function composeFile(file: string, env: Record<string, string>): any {
  const filled = read(file).replaceAll(
    /\$\{(\w+)(?::(-|\?)([^}]*))?\}/g,
    (_, name: string, otherwise: string | undefined, text = '') => {
      const value = env[name] ?? '';
      if (value !== '') return value;
      if (otherwise === '-') return text;
      throw new Error(`${file} needs ${name}: ${text}`);
    },
  );
  // Comments speak of variables too; they are no part of the file.
  return parse(filled, { merge: true });
}

/** The commands that the image knows. */
export function imageCommands(): string[] {
  return [...read('scripts/docker-entrypoint.sh').matchAll(/^ {2}([a-z]+)\)/gm)].map(
    ([, command]) => command!,
  );
}

/** The settings that .env.example explains. */
export function knownSettings(): string[] {
  return [...read('.env.example').matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name]) => name!);
}
