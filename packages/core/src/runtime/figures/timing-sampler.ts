/** The rate of packets is looked at this often. */
const SPAN_MS = 250;
/** Packets timed within a span before only every fourth one is, and so on. */
const MOST_PER_SPAN = 250;
/** Steps are this long, so that a fast graph has its longest stride after some ten thousand packets. */
const STRIDE_STEP = 4;
/** At least every 256th packet is timed. */
const LONGEST_STRIDE = 256;
/** Packets that come no faster than this are all timed. */
const MS_PER_PACKET = SPAN_MS / MOST_PER_SPAN;

/**
 * Says which packets of a node are timed: all of them up to about a thousand a second, beyond that every fourth, 16th,
 * 64th or 256th. Reading a clock costs about as much as handing over a packet, so timing each of a million would halve their
 * number; of one that comes every 30 ms it takes nothing that could be measured.
 */
export class TimingSampler {
  #which: 'some' | 'all' | 'none';
  #stride = 1;
  /** Packets to let pass untimed. */
  #left = 0;
  #timed = 0;
  #spanFromMs = Number.NEGATIVE_INFINITY;
  #newestMs = Number.NEGATIVE_INFINITY;

  /** @param which - `all` times each packet whatever that costs, `none` none. */
  constructor(which: 'some' | 'all' | 'none' = 'some') {
    this.#which = which;
    this.time(which);
  }

  /** Times these packets from now on. */
  time(which: 'some' | 'all' | 'none'): void {
    this.#which = which;
    this.#stride = which === 'none' ? Number.POSITIVE_INFINITY : 1;
    this.#left = which === 'none' ? Number.POSITIVE_INFINITY : 0;
    this.#timed = 0;
  }

  /** True where the next packet will be timed. */
  get timesNext(): boolean {
    return this.#left <= 0;
  }

  /** Asked once for each packet: is this one timed? */
  take(): boolean {
    if (this.#left > 0) {
      this.#left -= 1;
      return false;
    }
    this.#left = this.#stride - 1;
    return true;
  }

  /** A packet was timed at `nowMs`. */
  timedAt(nowMs: number): void {
    if (this.#which !== 'some') return;
    const gapMs = nowMs - this.#newestMs;
    this.#newestMs = nowMs;
    this.#timed += 1;
    if (this.#stride > 1 && gapMs >= this.#stride * MS_PER_PACKET) this.#turn(1);
    else if (nowMs - this.#spanFromMs >= SPAN_MS) {
      this.#timed = 0;
      this.#spanFromMs = nowMs;
    } else if (this.#timed > MOST_PER_SPAN && this.#stride < LONGEST_STRIDE) this.#turn(this.#stride * STRIDE_STEP);
  }

  #turn(stride: number): void {
    this.#stride = stride;
    this.#left = stride - 1;
    this.#timed = 0;
  }
}
