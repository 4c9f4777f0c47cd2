import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { errorMessage } from '@kinegraph/core';
import type { Logger } from '@kinegraph/core';

type Done = Parameters<SpanExporter['export']>[1];

/** As OpenTelemetry numbers results. */
const SUCCESS = 0;
const FAILED = 1;

/** Says once that the collector does not take spans, and once that it does again. */
export class WatchedExporter implements SpanExporter {
  #isWell = true;
  #isQuiet = false;
  #isCut = false;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly url: string,
    private readonly logger: Logger,
  ) {}

  export(spans: ReadableSpan[], done: Done): void {
    if (this.#isCut) {
      done({ code: FAILED });
      return;
    }
    this.exporter.export(spans, (result) => {
      this.#heard(Number(result.code) === SUCCESS, result.error);
      done(result);
    });
  }

  /** The last spans are sent by `send`: what comes of it is no news any more. One that takes nothing is not tried again. */
  async flushing(send: () => Promise<void>): Promise<void> {
    this.#isQuiet = true;
    if (!this.#isWell) this.cut();
    await send();
  }

  /** Nothing is sent any more. */
  cut(): void {
    this.#isCut = true;
  }

  async shutdown(): Promise<void> {
    await this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  #heard(isWell: boolean, error: unknown): void {
    if (isWell === this.#isWell || this.#isQuiet) return;
    this.#isWell = isWell;
    if (isWell) this.logger.info(`The OpenTelemetry collector at ${this.url} takes spans again.`);
    else
      this.logger.warn(
        `The OpenTelemetry collector at ${this.url} takes no spans (${errorMessage(error)}); they are let go until it does.`,
      );
  }
}
