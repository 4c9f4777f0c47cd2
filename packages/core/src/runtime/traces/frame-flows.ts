import type { Trace } from '../../kinds/index.js';
import type { TraceEvent } from './trace-event.js';

/** Frames that may be under way at once; the one not seen for longest counts as gone when another one comes. */
const MOST_UNDER_WAY = 256;

/** A slice that a frame passed through. */
interface Touch {
  readonly tid: number;
  /** Its begin, in microseconds. */
  readonly ts: number;
}

/**
 * The way of each frame through the rows. It is written when the frame counts as gone: where it ended is not known before
 * that, and each flow needs one begin and one end.
 */
export class FrameFlows {
  readonly #underWay = new Map<string, Touch[]>();
  #lastId = 0;

  constructor(
    private readonly pid: number,
    private readonly write: (event: TraceEvent) => void,
  ) {}

  /** The frame passes through the slice that begins at `ts` on row `tid`. */
  touch({ source }: Trace, timestampMs: number, tid: number, ts: number): void {
    const key = `${timestampMs} ${source}`; // sequence numbers may begin anew, timestamps do not
    const touches = this.#underWay.get(key) ?? [];
    touches.push({ tid, ts });
    this.#underWay.delete(key); // to the end of the line
    this.#underWay.set(key, touches);
    if (this.#underWay.size <= MOST_UNDER_WAY) return;
    for (const [oldest, gone] of this.#underWay) {
      this.#underWay.delete(oldest);
      this.#tell(gone);
      return;
    }
  }

  /** All frames are gone. */
  end(): void {
    for (const touches of this.#underWay.values()) this.#tell(touches);
    this.#underWay.clear();
  }

  /** A frame that went nowhere has no flow. */
  #tell(touches: Touch[]): void {
    if (touches.length < 2) return;
    this.#lastId += 1;
    // Ids count for the whole trace, whatever the process.
    const id = this.pid * 1e9 + this.#lastId;
    const inOrder = touches.toSorted((a, b) => a.ts - b.ts);
    for (const [index, { tid, ts }] of inOrder.entries()) {
      const flow = { name: 'frame', cat: 'frame', ts, pid: this.pid, tid, id };
      if (index === 0) this.write({ ...flow, ph: 's' });
      else if (index < inOrder.length - 1) this.write({ ...flow, ph: 't' });
      else this.write({ ...flow, ph: 'f', bp: 'e' });
    }
  }
}
