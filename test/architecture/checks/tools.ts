import type { PlantedTree } from './planted-tree.js';

/** One finding, in the same form whichever tool found it: `rule` is the name that a plant expects. */
export interface Finding {
  rule: string;
  path: string;
}

/** What a tool saw, and what it found wrong. */
export interface ToolRun {
  seen: string[];
  findings: Finding[];
}

interface CruiseResult {
  modules: { source: string }[];
  summary: { violations: { from: string; rule: { name: string } }[] };
}

interface LintResult {
  number_of_files: number;
  diagnostics: { code: string; filename: string; help?: string; message: string }[];
}

interface KnipResult {
  issues: ({ file: string } & Record<string, unknown>)[];
}

const CODE = ['apps', 'test', 'bench', 'prisma', 'scripts'];

/** dependency-cruiser; a finding carries the name of the rule. */
export async function cruise(tree: PlantedTree): Promise<ToolRun> {
  const args = [...CODE, '--output-type', 'json'];
  const result = await tree.run<CruiseResult>(
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    args,
  );
  return {
    seen: result.modules.map(({ source }) => source),
    findings: result.summary.violations.map(({ from, rule }) => ({ rule: rule.name, path: from })),
  };
}

/** oxlint; a finding carries the rule and, where our own sentence names it, the number in the house style. */
export async function lint(tree: PlantedTree): Promise<ToolRun & { count: number }> {
  const result = await tree.run<LintResult>('oxlint/bin/oxlint', ['--format', 'json']);
  return {
    seen: [],
    count: result.number_of_files,
    findings: result.diagnostics.map(({ code, filename, help = '', message }) => {
      const number = /\brule \d+/.exec(`${help} ${message}`)?.[0];
      return { rule: number ? `${code} ${number}` : code, path: filename };
    }),
  };
}

/** knip; a finding is `files`, `exports` or `dependencies`, with the file or `package.json name`. */
export async function findUnused(tree: PlantedTree): Promise<ToolRun> {
  const args = [
    '--no-progress',
    '--tsConfig',
    'scripts/checks/tsconfig.knip.json',
    '--reporter',
    'json',
  ];
  const result = await tree.run<KnipResult>('knip/bin/knip.js', args);
  const findings = result.issues.flatMap(({ file, ...kinds }) =>
    Object.entries(kinds).flatMap(([rule, found]) =>
      (Array.isArray(found) ? (found as { name: string }[]) : []).map(({ name }) => ({
        rule,
        path: rule === 'files' || rule === 'exports' ? file : `${file} ${name}`,
      })),
    ),
  );
  return { seen: [], findings };
}
