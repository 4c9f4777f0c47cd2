import type { ResultMessage } from '@kinegraph/core/protocol';
import { signsOf } from './result-values.js';

/** A picture as it came, not decoded. */
export interface KeptPicture {
  readonly sequence: number;
  /** By the sender's clock, in milliseconds. */
  readonly capturedAtMs: number;
  readonly jpeg: Uint8Array;
}

/** A sign that was told, on the clock of the pictures. */
export interface ToldSign {
  readonly label: string;
  /** 0-1. */
  readonly score: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** How much is kept. */
export interface MemoryBounds {
  /** Between the oldest and the newest picture or result. */
  readonly spanMs: number;
  /** Of all pictures together. */
  readonly bytes: number;
}

/** Ten seconds of pictures of a camera take a tenth of it. */
export const MEMORY_BOUNDS: MemoryBounds = { spanMs: 10_000, bytes: 96 * 1024 * 1024 };
/** The time of a picture that goes back by more belongs to another sender, or to its clock after a restart. */
const RESTART_MS = 1000;

/**
 * The last seconds of a run: pictures, and what was found in them, both by when their frames were captured. What is older than
 * the span leaves, and the oldest pictures leave where they are too many bytes. While it is held it takes nothing.
 */
export class LiveMemory {
  /** The oldest first; no two of one time. */
  readonly #pictures: KeptPicture[] = [];
  /** The oldest first; several may be of one time. */
  readonly #results: ResultMessage[] = [];
  #bytes = 0;
  #isHeld = false;

  constructor(private readonly bounds: MemoryBounds = MEMORY_BOUNDS) {}

  /** Of the pictures. */
  get bytes(): number {
    return this.#bytes;
  }
  get pictures(): readonly KeptPicture[] {
    return this.#pictures;
  }
  get results(): readonly ResultMessage[] {
    return this.#results;
  }
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Nothing comes or leaves until it is let go: somebody looks at what there is. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Goes on, from nothing: what came while it was held would be a gap. */
  letGo(): void {
    this.#isHeld = false;
    this.clear();
  }

  clear(): void {
    this.#pictures.length = 0;
    this.#results.length = 0;
    this.#bytes = 0;
  }

  addPicture(picture: KeptPicture): void {
    if (this.#isHeld || !this.#goesOn(picture.capturedAtMs, this.#pictures.at(-1)?.capturedAtMs)) return;
    this.#pictures.push(picture);
    this.#bytes += picture.jpeg.byteLength;
    this.#forget();
  }

  /** Signs come behind their frame: a result finds its place by its time. */
  addResult(result: ResultMessage): void {
    const { capturedAtMs } = result;
    if (this.#isHeld || !Number.isFinite(capturedAtMs)) return;
    // So old a result is none of what is kept: it is another sender's, or its clock began anew.
    if (capturedAtMs < this.#newestMs - this.bounds.spanMs) this.clear();
    const place = this.#results.findLastIndex((one) => one.capturedAtMs <= capturedAtMs) + 1;
    this.#results.splice(place, 0, result);
    this.#forget();
  }

  /** What can be looked at: the times of the pictures, or of the results where there are no pictures; the oldest first. */
  moments(): readonly number[] {
    const of = this.#pictures.length > 0 ? this.#pictures : this.#results;
    return [...new Set(of.map(({ capturedAtMs }) => capturedAtMs))];
  }

  /** The newest picture by a time; undefined where there is none so old. */
  pictureAt(capturedAtMs: number): KeptPicture | undefined {
    return this.#pictures.findLast((picture) => picture.capturedAtMs <= capturedAtMs);
  }

  /** Signs that were told, the oldest first. */
  signs(): readonly ToldSign[] {
    return this.#results.flatMap((result) => signsOf(result));
  }

  /** @returns false where a picture is of no use: it has no time, or is as old as one that is there. */
  #goesOn(capturedAtMs: number, newestMs: number | undefined): boolean {
    if (!Number.isFinite(capturedAtMs)) return false;
    if (newestMs === undefined || capturedAtMs > newestMs) return true;
    if (capturedAtMs > newestMs - RESTART_MS) return false;
    this.clear(); // another sender, or its clock began anew
    return true;
  }

  get #newestMs(): number {
    return Math.max(
      this.#pictures.at(-1)?.capturedAtMs ?? Number.NEGATIVE_INFINITY,
      this.#results.at(-1)?.capturedAtMs ?? Number.NEGATIVE_INFINITY,
    );
  }

  #forget(): void {
    const oldestMs = this.#newestMs - this.bounds.spanMs;
    while (this.#results[0] !== undefined && this.#results[0].capturedAtMs < oldestMs) this.#results.shift();
    for (;;) {
      const [oldest] = this.#pictures;
      if (oldest === undefined) return;
      // The newest stays, however large it is: there would be nothing to see.
      const isOver = this.#bytes > this.bounds.bytes && this.#pictures.length > 1;
      if (oldest.capturedAtMs >= oldestMs && !isOver) return;
      this.#pictures.shift();
      this.#bytes -= oldest.jpeg.byteLength;
    }
  }
}
