import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../config/config.module.js';
import { traceWith } from '../context/tracing.js';
import type { OtlpTracer } from './otlp-tracer.js';

/** Switches tracing on when OTEL_EXPORTER_OTLP_ENDPOINT is set. Without it not even the packages are loaded. */
@Injectable()
export class Tracing implements OnModuleInit, OnApplicationShutdown {
  #tracer: OtlpTracer | undefined;

  constructor(private readonly config: AppConfig) {}

  async onModuleInit(): Promise<void> {
    const { tracing } = this.config.settings;
    if (tracing === null) return;
    const { OtlpTracer } = await import('./otlp-tracer.js');
    this.#tracer = new OtlpTracer(tracing);
    traceWith(this.#tracer);
  }

  /** Last of all: until then a request or a job may be under way. */
  async onApplicationShutdown(): Promise<void> {
    if (!this.#tracer) return;
    traceWith(null);
    await this.#tracer.close();
  }
}
