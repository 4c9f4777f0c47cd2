import { NodeConfig, inject, injectable } from '@kinegraph/core/plugin';
import type { ProcessInfo, Transform } from '@kinegraph/core/plugin';
import { SignDecoder } from '../decoder/index.js';
import type { DecodableClassification, SignDecoderConfig, SignEvents } from '../decoder/index.js';

/** `signs.decoder`: tells when a sign was made. See docs/signs-decoder.md. */
@injectable()
export class SignDecoderTransform implements Transform<DecodableClassification, SignEvents> {
  readonly #decoder: SignDecoder;

  constructor(@inject(NodeConfig) config: SignDecoderConfig) {
    this.#decoder = new SignDecoder(config);
  }

  /** @returns undefined while no sign is to be told */
  transform(
    classification: DecodableClassification,
    { timestampMs }: Pick<ProcessInfo, 'timestampMs'>,
  ): SignEvents | undefined {
    const events = this.#decoder.step(timestampMs, classification);
    return events.length === 0 ? undefined : { events };
  }

  /** All keys are live. */
  reconfigure(config: unknown): boolean {
    this.#decoder.settings = config as SignDecoderConfig; // validated by the schema beside it
    return true;
  }
}
