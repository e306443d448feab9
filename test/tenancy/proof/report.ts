import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hole, PartResult } from './finding.js';
import type { Score } from './mutations/mutations.js';

/** Everything that a run of the proof found out. */
export interface Report {
  startedAt: string;
  seconds: number;
  server: string;
  parts: PartResult[];
  score: Score | null;
}

const MOST_HOLES_SHOWN = 40;

/** Whether every wall stands. */
export function isProven({ parts }: Report): boolean {
  return parts.every(({ holes }) => holes.length === 0);
}

/** The table that is printed at the end. */
export function toTable(report: Report): string {
  const rows = report.parts.map(({ part, tried, holes }) => [
    part,
    Object.entries(tried)
      .map(([what, count]) => `${count} ${what}`)
      .join(', '),
    holes.length === 0 ? 'holds' : `${holes.length} ${holes.length === 1 ? 'hole' : 'holes'}`,
  ]);
  const width = Math.max(...rows.map(([part]) => part!.length));
  const lines = rows.map(
    ([part, tried, verdict]) => `  ${part!.padEnd(width)}  ${verdict!.padEnd(8)}  ${tried}`,
  );
  return [...lines, ...(report.score ? ['', `  ${scoreLine(report.score)}`] : [])].join('\n');
}

/** `locks: 37 of 37 mutations caught; attacks stopped with a lock missing: 120 of 120`. */
function scoreLine({ caught, mutations, stopped, attacks }: Score): string {
  return `locks: ${caught} of ${mutations} mutations caught; attacks stopped with a lock missing: ${stopped} of ${attacks}`;
}

/** The holes, for the terminal. */
export function toHoleList(report: Report): string {
  const holes = report.parts.flatMap(({ part, holes: found }) =>
    found.map((hole) => ({ part, ...hole })),
  );
  const shown = holes
    .slice(0, MOST_HOLES_SHOWN)
    .map(({ part, where, what }) => `  ${part}: ${where}: ${what}`);
  const more = holes.length - shown.length;
  return [...shown, ...(more > 0 ? [`  and ${more} more, in the report`] : [])].join('\n');
}

/** Writes `isolation-report.json` and `.md` into `folder`; gives the path of the second. */
export function writeReport(report: Report, folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'isolation-report.json'),
    `${JSON.stringify({ proven: isProven(report), ...report }, null, 2)}\n`,
  );
  const file = join(folder, 'isolation-report.md');
  writeFileSync(file, toMarkdown(report));
  return file;
}

function toMarkdown(report: Report): string {
  const verdict = isProven(report) ? 'Every wall that was tried held.' : 'There are holes.';
  const parts = report.parts.flatMap(({ part, tried, holes, notes }) => [
    `## ${part}: ${holes.length === 0 ? 'holds' : `${holes.length} holes`}`,
    '',
    '| tried | times |',
    '| --- | ---: |',
    ...Object.entries(tried).map(([what, count]) => `| ${what} | ${count} |`),
    '',
    ...notes.map((note) => `- ${note}`),
    ...holes.map(toItem),
    '',
  ]);
  return [
    '# Isolation report',
    '',
    `${verdict} Begun at ${report.startedAt}, took ${report.seconds} s, on ${report.server}. What each part does is told in docs/isolation.md.`,
    '',
    ...(report.score ? [`**${scoreLine(report.score)}**`, ''] : []),
    ...parts,
  ].join('\n');
}

function toItem({ where, what }: Hole): string {
  return `- **${where}**: ${what}`;
}
