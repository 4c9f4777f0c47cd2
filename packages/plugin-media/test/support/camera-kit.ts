import { setTimeout as delay } from 'node:timers/promises';
import {
  SlotFramePool,
  SystemClock,
  unrestrictedNetwork,
  type ConnectionState,
  type Frame,
  type NetworkAccess,
} from '@kinegraph/core/plugin';
import { CountingMetrics, RecordingLogger } from '@kinegraph/core/testing';
import { CameraSourceConfig } from '../../src/camera-source/camera-source-config.js';
import { CameraSource } from '../../src/camera-source/camera-source.js';
import { InstalledDecoderDrivers } from '../../src/drivers.js';

/** A frame as a test keeps it. */
export interface Seen {
  readonly sequence: number;
  readonly timestampMs: number;
  readonly capturedAtMs: number;
  readonly size: string;
}

/** A camera source with everything around it that a run would give it. */
export class CameraKit implements AsyncDisposable {
  readonly pool = new SlotFramePool();
  readonly metrics = new CountingMetrics();
  readonly logger = new RecordingLogger();
  /** What was reported, oldest first. */
  readonly reports: { readonly state: ConnectionState; readonly error?: unknown }[] = [];
  readonly source: CameraSource;
  readonly #abort = new AbortController();

  constructor(config: Partial<CameraSourceConfig> & { url: string }, network: NetworkAccess = unrestrictedNetwork) {
    this.source = new CameraSource(
      CameraSourceConfig.parse(config),
      new InstalledDecoderDrivers(),
      this.pool,
      network,
      { report: (state, error) => void this.reports.push({ state, error }) },
      this.metrics,
      new SystemClock(),
      this.logger,
      { resolve: (file) => file },
    );
  }

  get state(): ConnectionState | undefined {
    return this.reports.at(-1)?.state;
  }

  /** States in order, each once for as long as it lasted. */
  get states(): ConnectionState[] {
    return this.reports.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);
  }

  /** Everything that was told to somebody, as one text. */
  get everythingSaid(): string {
    const errors = this.reports.map(({ error }) => describeError(error));
    return [...errors, JSON.stringify(this.logger.lines)].join('\n');
  }

  /** Reads `count` frames and closes them. */
  async frames(count: number): Promise<Seen[]> {
    const seen: Seen[] = [];
    while (seen.length < count) {
      using frame: Frame = await this.source.read(this.#abort.signal);
      const { sequence, timestampMs, capturedAtMs, width, height } = frame;
      seen.push({ sequence, timestampMs, capturedAtMs, size: `${width}x${height}` });
    }
    return seen;
  }

  /** Resolves when the source has reported this. The test's own time limit is the limit. */
  async until(state: ConnectionState): Promise<void> {
    while (this.state !== state) await delay(5);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort();
    await this.source.close();
    if (this.pool.inUse !== 0) throw new Error(`${this.pool.inUse} frames were left open`);
  }
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const data = 'data' in error ? JSON.stringify(error.data) : '';
  return `${error.stack} ${data} ${error.cause === undefined ? '' : describeError(error.cause)}`;
}
