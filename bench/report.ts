import { cpus, platform, totalmem } from 'node:os';
import { GROWTH_LIMIT, type DeskResult } from './desk.js';
import type { ScenarioName } from './scenarios.js';
import type { Sample } from './measure.js';

/** A ratio and the range of the pairs that it is the median of. */
export interface Ratio {
  ratio: number;
  low: number;
  high: number;
}

export interface ScenarioResult {
  title: string;
  /** Ours against raw, typical against raw, raw against a second raw process. */
  ours: Ratio;
  typical: Ratio;
  noise: Ratio;
  samples: { raw: Sample; typical: Sample; ours: Sample };
}

export interface Report {
  tickets: number;
  scenarios: Partial<Record<ScenarioName, ScenarioResult>>;
  growth: { from: string; to: string; list: Ratio };
  /** The list with the guard, of the list without it. */
  guard: Ratio;
  peakMemoryMb: Record<'raw' | 'typical' | 'ours', number | null>;
  /** What agents do all day, at a steady pace. */
  desk: Record<string, DeskResult>;
  postgres: string;
  /** Whether a commit waits for the disk. */
  durable: boolean;
}

/** What each figure must reach: ours against raw, and ours against typical where it is said. */
const TARGETS: Record<ScenarioName, { raw: number | null; typical: number | null }> = {
  list: { raw: 0.65, typical: 5 },
  get: { raw: 0.6, typical: null },
  create: { raw: 0.4, typical: 4 },
  reply: { raw: 0.4, typical: 4 },
  events: { raw: null, typical: null },
};
const GROWTH_TARGET = 0.75;
const GUARD_TARGET = 0.9;
const MEMORY_TARGET = 300;

/** The table that people read, and that the README shows. */
export function toMarkdown(report: Report): string {
  const rows = Object.entries(report.scenarios).map(([name, result]) => {
    const { raw, typical } = TARGETS[name as ScenarioName];
    const { samples } = result;
    return [
      result.title,
      withTarget(result.ours.ratio, raw),
      spread(result.ours),
      `${withTarget(result.ours.ratio / result.typical.ratio, typical, 1)}x`,
      result.typical.ratio.toFixed(2),
      spread(result.noise),
      cpuRatio(samples)?.toFixed(2) ?? '?',
      Math.round(samples.ours.perSecond),
      `${us(samples.ours.nodeUs)} / ${us(samples.raw.nodeUs)} / ${us(samples.typical.nodeUs)}`,
      `${us(samples.ours.pgUs)} / ${us(samples.raw.pgUs)} / ${us(samples.typical.pgUs)}`,
      `${samples.ours.p50.toFixed(1)} / ${samples.ours.p95.toFixed(1)}`,
    ];
  });
  const head = [
    'Scenario',
    'Ours : raw (target)',
    'pairs',
    'Ours : typical (target)',
    'Typical : raw',
    'Raw : raw',
    'CPU, raw : ours',
    'Requests/s',
    'Node µs (ours / raw / typical)',
    'Postgres µs (ours / raw / typical)',
    'p50 / p95 ms',
  ];
  const memory = report.peakMemoryMb;
  return [
    table([head, ...rows.map((row) => row.map(String))]),
    '',
    ...deskTable(report),
    `List at ${report.growth.to} tickets against ${report.growth.from}: ${withTarget(report.growth.list.ratio, GROWTH_TARGET)}, pairs ${spread(report.growth.list)}. ` +
      `The list with its guard against the same without: ${withTarget(report.guard.ratio, GUARD_TARGET)}, pairs ${spread(report.guard)}. ` +
      `Peak resident memory: ours ${memory.ours ?? '?'} MB (<= ${MEMORY_TARGET}), raw ${memory.raw ?? '?'} MB, typical ${memory.typical ?? '?'} MB.`,
    '',
    `${report.tickets.toLocaleString('en')} tickets of 1,000 organizations of Zipf sizes, a fifth of them of one, and ten messages a ticket; requests drawn in the same shares, one process each, 32 connections. ` +
      `Node ${process.versions.node}, PostgreSQL ${report.postgres}${report.durable ? '' : ' (fsync off, so that the disk hides nothing)'}, ` +
      `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()}. Medians of pairs, slices in the order A B C A' A' C B A.`,
  ].join('\n');
}

/** At a steady pace: how long what agents do all day takes, and how it grows. */
function deskTable({ desk, growth }: Report): string[] {
  const rows = Object.values(desk).map(({ title, limit, large, small }) => [
    title,
    `${large.p50.toFixed(1)} / ${large.p95.toFixed(1)} (${limit})`,
    `${small.p50.toFixed(1)} / ${small.p95.toFixed(1)}`,
    `${(large.p50 / small.p50).toFixed(2)} / ${(large.p95 / small.p95).toFixed(2)} (${GROWTH_LIMIT})`,
  ]);
  if (rows.length === 0) return [];
  const head = [
    'At 20 a second',
    `${growth.to}: p50 / p95 ms (p95 at most)`,
    `${growth.from}: p50 / p95 ms`,
    'growth of p50 / p95 (at most)',
  ];
  return [table([head, ...rows]), ''];
}

/** What `--json` writes. */
export function toJson(report: Report): object {
  const scenarios = Object.entries(report.scenarios).map(
    ([name, { ours, typical, noise, samples }]) => [
      name,
      {
        ratio: round(ours.ratio),
        ratioLow: round(ours.low),
        ratioHigh: round(ours.high),
        typicalRatio: round(ours.ratio / typical.ratio),
        typicalOfRaw: round(typical.ratio),
        noiseLow: round(noise.low),
        noiseHigh: round(noise.high),
        cpuRatio: roundOrNull(cpuRatio(samples)),
        perSecond: Math.round(samples.ours.perSecond),
        nodeUs: rounded(samples.ours.nodeUs),
        pgUs: rounded(samples.ours.pgUs),
        p50: round(samples.ours.p50),
        p95: round(samples.ours.p95),
        raw: compact(samples.raw),
        typical: compact(samples.typical),
      },
    ],
  );
  const { growth, desk, peakMemoryMb, tickets, postgres, durable } = report;
  return {
    scenarios: Object.fromEntries(scenarios),
    growth: {
      from: growth.from,
      to: growth.to,
      ratio: round(growth.list.ratio),
      low: round(growth.list.low),
      high: round(growth.list.high),
    },
    guard: {
      ratio: round(report.guard.ratio),
      low: round(report.guard.low),
      high: round(report.guard.high),
    },
    desk,
    peakMemoryMb,
    tickets,
    node: process.versions.node,
    postgres,
    durable,
    cores: cpus().length,
  };
}

/** Figures that miss their target, as sentences. */
export function missedTargets(report: Report): string[] {
  const missed: string[] = [];
  for (const [name, { ours, typical }] of Object.entries(report.scenarios)) {
    const target = TARGETS[name as ScenarioName];
    if (target.raw !== null && ours.ratio < target.raw)
      missed.push(`${name} is ${ours.ratio.toFixed(2)} of raw, wanted ${target.raw}`);
    const gain = ours.ratio / typical.ratio;
    if (target.typical !== null && gain < target.typical)
      missed.push(`${name} is ${gain.toFixed(1)}x typical, wanted ${target.typical}x`);
  }
  for (const { title, limit, large, small } of Object.values(report.desk)) {
    if (large.p95 > limit)
      missed.push(`${title}: p95 is ${large.p95.toFixed(0)} ms, wanted ${limit} ms at most`);
    if (large.p95 > small.p95 * GROWTH_LIMIT)
      missed.push(
        `${title}: p95 grows ${(large.p95 / small.p95).toFixed(2)}-fold, wanted ${GROWTH_LIMIT} at most`,
      );
  }
  if (report.growth.list.ratio < GROWTH_TARGET) {
    missed.push(
      `list at ${report.growth.to} is ${report.growth.list.ratio.toFixed(2)} of ${report.growth.from}, wanted ${GROWTH_TARGET}`,
    );
  }
  if (report.guard.ratio < GUARD_TARGET) {
    missed.push(
      `the list with its guard is ${report.guard.ratio.toFixed(2)} of the same without, wanted ${GUARD_TARGET}`,
    );
  }
  if ((report.peakMemoryMb.ours ?? 0) > MEMORY_TARGET)
    missed.push(
      `peak memory is ${report.peakMemoryMb.ours} MB, wanted ${MEMORY_TARGET} MB at most`,
    );
  return missed;
}

/** Processor time of a request in Node and Postgres, raw's to ours: what the ratio would be if nothing else ran here. */
function cpuRatio({ raw, ours }: ScenarioResult['samples']): number | null {
  if (raw.nodeUs === null || raw.pgUs === null || ours.nodeUs === null || ours.pgUs === null) {
    return null;
  }
  return (raw.nodeUs + raw.pgUs) / (ours.nodeUs + ours.pgUs);
}

function roundOrNull(value: number | null): number | null {
  return value === null ? null : round(value);
}

function compact(sample: Sample): object {
  return {
    perSecond: Math.round(sample.perSecond),
    nodeUs: rounded(sample.nodeUs),
    pgUs: rounded(sample.pgUs),
    p50: round(sample.p50),
    p95: round(sample.p95),
  };
}

function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [
    line(rows[0]!),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rows.slice(1).map(line),
  ].join('\n');
}

function withTarget(value: number, target: number | null, digits = 2): string {
  return target === null ? value.toFixed(digits) : `${value.toFixed(digits)} (${target})`;
}

function spread({ low, high }: Ratio): string {
  return `${low.toFixed(2)}–${high.toFixed(2)}`;
}

function us(value: number | null): string {
  return value === null ? '?' : String(Math.round(value));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
