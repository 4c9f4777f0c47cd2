import { setTimeout as wait } from 'node:timers/promises';
import { Clock, Frame, FramePool, NodeConfig, inject, injectable, type FrameSource } from '@kinegraph/core/plugin';

export interface PooledSourceConfig {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /** Milliseconds before each frame; 0: as fast as they are taken. */
  readonly pauseMs: number;
  /** So many frames come without a pause before that. Default: 0. */
  readonly rushed?: number;
}

/** RGBA frames from the run's pool, as a decoder makes them. */
@injectable()
export class PooledSource implements FrameSource {
  #sequence = 0;
  constructor(
    @inject(NodeConfig) private readonly config: PooledSourceConfig,
    @inject(FramePool) private readonly pool: FramePool,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  read(signal: AbortSignal): Frame | undefined | Promise<Frame | undefined> {
    if (this.#sequence === this.config.count) return undefined;
    const { pauseMs, rushed = 0 } = this.config;
    return pauseMs === 0 || this.#sequence < rushed ? this.#next() : this.#later(signal);
  }

  async #later(signal: AbortSignal): Promise<Frame | undefined> {
    try {
      await wait(this.config.pauseMs, undefined, { signal });
    } catch {
      return undefined; // stopped
    }
    return this.#next();
  }

  #next(): Frame {
    const { width, height } = this.config;
    const sequence = this.#sequence;
    this.#sequence += 1;
    const memory = this.pool.acquire(width * height * 4);
    const nowMs = this.clock.nowMs();
    return new Frame({ sequence, timestampMs: nowMs, capturedAtMs: nowMs, width, height, format: 'rgba8' }, memory);
  }
}
