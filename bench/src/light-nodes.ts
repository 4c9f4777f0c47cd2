import { Clock, Frame, NodeConfig, inject, injectable, type FrameSource } from '@kinegraph/core/plugin';

export interface CountingSourceConfig {
  readonly count: number;
}

const NO_BYTES = new Uint8Array(0);

/** Frames without pixels, as many as asked for, without a pause. */
@injectable()
export class CountingSource implements FrameSource {
  #sequence = 0;
  constructor(
    @inject(NodeConfig) private readonly config: CountingSourceConfig,
    @inject(Clock) private readonly clock: Clock,
  ) {}
  read(): Frame | undefined {
    if (this.#sequence === this.config.count) return undefined;
    const sequence = this.#sequence;
    this.#sequence += 1;
    return Frame.fromEncoded(
      { sequence, timestampMs: sequence, capturedAtMs: this.clock.nowMs(), width: 640, height: 480, format: 'jpeg' },
      NO_BYTES,
    );
  }
}

/** Answers the frame that it is called with. */
@injectable()
export class PassOn {
  extract(frame: Frame): Frame {
    return frame;
  }
}
