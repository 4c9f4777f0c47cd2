import { Frame } from 'node-av/lib';
import type { Stream } from 'node-av/lib';
import { AV_NOPTS_VALUE, AV_PKT_DATA_DISPLAYMATRIX } from 'node-av/constants';
import { uprightFilters } from '../decoder/picture-filter.js';
import { FrameWriter } from './frame-writer.js';
import { PictureGraph } from './picture-graph.js';

/** Ticks of the container's own times (AV_TIME_BASE). */
const MICROSECONDS = 1_000_000;

/** Which pictures to write, and how large. */
export interface PictureWish {
  readonly shortSide?: number;
  readonly startMs?: number;
  readonly endMs?: number;
}

/** Puts decoded frames through the filters and onto the pipe. */
export class PictureWriter {
  readonly frame = new Frame();
  readonly #graph: PictureGraph;
  readonly #writer = new FrameWriter();
  readonly #toMs: (ticks: bigint) => number;
  #lastMs = 0;
  #isPastEnd = false;

  constructor(
    stream: Stream,
    originUs: bigint,
    private readonly wish: PictureWish,
  ) {
    this.frame.alloc();
    const { num, den } = stream.timeBase;
    const originMs = (Number(originUs) * 1000) / MICROSECONDS;
    // Whole microseconds, as the other driver gives them. `+ 0` makes 0 of -0.
    this.#toMs = (ticks) => Math.round(((Number(ticks) * num * 1000) / den - originMs) * 1000) / 1000 + 0;
    this.#graph = new PictureGraph(uprightFilters(displayMatrixOf(stream)), wish.shortSide, { num, den });
  }

  /** A frame at or after `endMs` was met. */
  get isPastEnd(): boolean {
    return this.#isPastEnd;
  }

  /** Writes what is in `frame`, unless it is before the start, and empties it. */
  writeFrame(): void {
    const { frame, wish } = this;
    // Some old containers give frames without a time; they keep the last one, and the runtime moves them on.
    const ticks = frame.bestEffortTimestamp === AV_NOPTS_VALUE ? frame.pts : frame.bestEffortTimestamp;
    if (ticks !== AV_NOPTS_VALUE) this.#lastMs = this.#toMs(ticks);
    const timestampMs = this.#lastMs;
    // The same bounds as the parent's, a little wider: it has the last word.
    const isEarly = wish.startMs !== undefined && timestampMs < wish.startMs - 1;
    if (!isEarly) this.#graph.filter(frame, (picture) => this.#writer.write(picture, timestampMs));
    this.#isPastEnd = wish.endMs !== undefined && timestampMs >= wish.endMs;
    frame.unref();
  }

  close(): void {
    this.#graph.close();
    this.frame.free();
  }
}

function displayMatrixOf(stream: Stream): Int32Array | undefined {
  const bytes = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX);
  if (bytes === null || bytes.length < 36) return undefined;
  return new Int32Array(Uint8Array.from(bytes.subarray(0, 36)).buffer); // copied: the bytes are the library's, maybe unaligned
}
