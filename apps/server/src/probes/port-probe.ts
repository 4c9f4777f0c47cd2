import { Frame, ageMs, cloneValue, errorMessage, toErrorRecord } from '@kinegraph/core';
import type { Clock, EncodedFrameCache, Logger, NodeOutput, RunObserver } from '@kinegraph/core';
import type { ProbeMessage, ProbeValue } from '@kinegraph/core/protocol';
import { probeValue } from './probe-value.js';

/** Who looks at a port. */
export interface ProbeViewer {
  /** False while it takes a message: nothing is made for it meanwhile. */
  readonly isFree: boolean;
  send(message: string): void;
  /** The run has ended. */
  end(): void;
}

/** What a probe needs of its run. */
export interface ProbedRun {
  readonly runId: string;
  readonly previews: EncodedFrameCache | undefined;
  observe(observer: RunObserver): Disposable;
}

/** About fifteen a second: more is not seen. */
const EVERY_MS = 66;
/** The longer side of a picture. */
const LONGEST_SIDE = 320;
const QUALITY = 65;

/**
 * What one output of a node gives, for all who look: told once for them all, the newest first of all, and at most fifteen times a
 * second. The run is only watched while somebody looks, and waits for nobody: what comes while all of them are busy is let go.
 */
export class PortProbe implements Disposable {
  readonly #viewers = new Set<ProbeViewer>();
  #watching: Disposable | undefined;
  #timer: Disposable | undefined;
  /** What came too early; it owns nothing. */
  #early: NodeOutput | undefined;
  #isEncoding = false;
  #dueMs = Number.NEGATIVE_INFINITY;
  #last: string | undefined;
  #hasFailed = false;

  constructor(
    private readonly run: ProbedRun,
    private readonly place: { readonly node: string; readonly port: string },
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Shows what comes from now on, and the last that came, until the answer is disposed of. */
  watch(viewer: ProbeViewer): Disposable {
    this.#viewers.add(viewer);
    if (this.#last !== undefined) viewer.send(this.#last);
    const { node, port } = this.place;
    this.#watching ??= this.run.observe({
      outputsOf: node,
      output: (output) => {
        if (output.port === port) this.#take(output);
      },
    });
    return {
      [Symbol.dispose]: () => {
        this.#viewers.delete(viewer);
        if (this.#viewers.size === 0) this.#rest();
      },
    };
  }

  /** The run has ended. */
  [Symbol.dispose](): void {
    for (const viewer of this.#viewers) viewer.end();
    this.#viewers.clear();
    this.#rest();
  }

  #rest(): void {
    this.#watching?.[Symbol.dispose]();
    this.#timer?.[Symbol.dispose]();
    this.#watching = undefined;
    this.#timer = undefined;
    this.#early = undefined;
    this.#last = undefined;
  }

  #take(output: NodeOutput): void {
    if (![...this.#viewers].some(({ isFree }) => isFree)) return;
    const leftMs = this.#dueMs - this.clock.nowMs();
    if (!this.#isEncoding && leftMs <= 0) {
      this.#show(output);
      return;
    }
    // A value that has owners is the run's; another of them will come. Any other may be the last for long.
    if (isOwned(output.value)) return;
    this.#early = output;
    this.#timer ??= this.clock.schedule(Math.max(1, leftMs), () => this.#showEarly());
  }

  #showEarly(): void {
    this.#timer = undefined;
    const early = this.#early;
    this.#early = undefined;
    if (early !== undefined) this.#show(early);
  }

  #show(output: NodeOutput): void {
    this.#dueMs = this.clock.nowMs() + EVERY_MS;
    const { value } = output;
    if (!(value instanceof Frame)) {
      this.#guard(() => this.#tell(output, probeValue(value)));
      return;
    }
    const frame = value.clone();
    this.#isEncoding = true;
    void this.#encoded(frame, output.trace.source)
      .then(
        (shown) => {
          if (shown !== undefined) this.#tell(output, shown);
        },
        (error: unknown) => this.#failed(error),
      )
      .finally(() => {
        this.#isEncoding = false;
        frame.close();
      });
  }

  async #encoded(frame: Frame, source: string): Promise<ProbeValue | undefined> {
    const { width, height } = frame;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    const shortSide = Math.max(1, Math.round(Math.min(width, height) * scale));
    const image = await this.run.previews?.get(source, frame, { quality: QUALITY, shortSide });
    if (image === undefined) return undefined;
    return { kind: 'frame', width, height, jpeg: Buffer.from(image.bytes).toString('base64') };
  }

  #tell({ trace, timestampMs }: NodeOutput, value: ProbeValue): void {
    const { source, sequence } = trace;
    const age = Math.round(ageMs(trace, this.clock.nowMs()) * 10) / 10;
    const message: ProbeMessage = { ...{ type: 'probe', source, sequence, timestampMs, ageMs: age }, value };
    const text = JSON.stringify(message);
    if (this.#viewers.size === 0) return; // they left while it was encoded
    this.#last = text;
    for (const viewer of this.#viewers) if (viewer.isFree) viewer.send(text);
  }

  /** Values are what plugins make of them. */
  #guard(show: () => void): void {
    try {
      show();
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    const { node, port } = this.place;
    this.logger.warn(`A value of "${node}.${port}" cannot be shown, and perhaps others: ${errorMessage(error)}`, {
      run: this.run.runId,
      node,
      error: toErrorRecord(error),
    });
  }
}

/** A clone of it is another: the value has owners. */
function isOwned(value: unknown): boolean {
  if (value instanceof Frame) return true;
  if (typeof value !== 'object' || value === null || !('clone' in value)) return false;
  const clone = cloneValue(value);
  const isAnother = clone !== value;
  if (isAnother) (clone as unknown as { close(): void }).close(); // `cloneValue` makes another only of what can be closed
  return isAnother;
}
