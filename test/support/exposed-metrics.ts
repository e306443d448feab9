/** What a process tells Prometheus: the names of its samples, each with the labels that it can carry. */
export type ExposedMetrics = Map<string, Set<string>>;

const OF_A_HISTOGRAM = ['_bucket', '_sum', '_count'];

/**
 * Reads Prometheus' text format (version 0.0.4). A metric with labels has no samples before it was first counted, so
 * names come from its `# TYPE` line, and labels from the samples that there are.
 */
export function readMetrics(text: string, into: ExposedMetrics = new Map()): ExposedMetrics {
  const add = (name: string): Set<string> => {
    const labels = into.get(name) ?? new Set<string>();
    into.set(name, labels);
    return labels;
  };
  for (const line of text.split('\n')) {
    const declared = /^# TYPE (\S+) (\S+)$/.exec(line);
    if (declared) {
      const [, name, type] = declared;
      if (type === 'histogram') OF_A_HISTOGRAM.forEach((part) => add(name! + part));
      else add(name!);
      continue;
    }
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+$/.exec(line);
    if (!sample || line.startsWith('#')) continue;
    const labels = add(sample[1]!);
    for (const [, label] of (sample[2] ?? '').matchAll(/(\w+)="/g)) labels.add(label!);
  }
  return into;
}

/** The value of the sample `name` with just `labels`, written as Prometheus does (`a="b",c="d"`); NaN without one. */
export function sampleOf(text: string, name: string, labels = ''): number {
  const start = labels === '' ? `${name} ` : `${name}{${labels}} `;
  const line = text.split('\n').find((candidate) => candidate.startsWith(start));
  return line === undefined ? Number.NaN : Number(line.slice(start.length));
}
