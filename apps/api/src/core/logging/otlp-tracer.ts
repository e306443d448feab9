import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingSettings } from '../config/settings.js';
import type { Span as OurSpan, SpanFacts, Tracer } from '../context/span.js';

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
};

/**
 * Sends spans to a collector (OTLP over HTTP, JSON). Imported only when tracing is switched on.
 *
 * The packages that patch libraries are not used: what they find (addresses with tokens in them, messages of errors)
 * would have to be taken out again, and one that is forgotten leaves the house. A span says what our code gives it.
 * Nor is `traceparent` of a request believed: a stranger would decide what is recorded, and under whose trace.
 */
export class OtlpTracer implements Tracer {
  readonly #provider: TracerProvider;
  readonly #tracer;

  constructor({ url, serviceName, ratio }: TracingSettings) {
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
      // Headers that the collector wants are read from OTEL_EXPORTER_OTLP_HEADERS by the package itself.
      spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
    });
    this.#tracer = this.#provider.getTracer('manydesk');
  }

  begin(
    kind: keyof typeof KINDS,
    name: string,
    facts: SpanFacts,
    parent: OurSpan | undefined,
  ): OurSpan {
    const context =
      parent instanceof OtlpSpan ? trace.setSpan(ROOT_CONTEXT, parent.span) : ROOT_CONTEXT;
    return new OtlpSpan(
      this.#tracer.startSpan(name, { kind: KINDS[kind], attributes: facts }, context),
    );
  }

  /** Sends what is still here, as far as the collector takes it. */
  async close(): Promise<void> {
    await this.#provider.shutdown().catch(() => undefined);
  }
}

class OtlpSpan implements OurSpan {
  constructor(readonly span: Span) {}

  note(facts: SpanFacts): void {
    this.span.setAttributes(facts);
  }

  end(problem?: string): void {
    if (problem !== undefined) {
      this.span.setAttribute('error.type', problem);
      this.span.setStatus({ code: SpanStatusCode.ERROR });
    }
    this.span.end();
  }
}
