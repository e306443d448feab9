/** What a span says: names and numbers that stand in the code, routes, statement texts. Never a value of a request. */
export type SpanFacts = Record<string, string | number>;

/** A piece of work that is being traced. */
export interface Span {
  note(facts: SpanFacts): void;
  /** Ends it; `problem` names what went wrong by its code or kind, never by its message, which may quote anything. */
  end(problem?: string): void;
}

/** What a piece of work is to others: answering somebody, asking somebody, or doing what was queued. */
export type SpanKind = 'server' | 'client' | 'consumer';

/** Makes spans. */
export interface Tracer {
  begin(kind: SpanKind, name: string, facts: SpanFacts, parent: Span | undefined): Span;
}
