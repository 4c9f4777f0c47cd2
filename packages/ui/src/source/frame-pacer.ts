/** Frames may come a little unevenly and keep their rate: this share of a period too early is not too early. */
const SLACK = 0.1;
/** A pause does not earn a burst. */
const MOST_CREDIT = 1.5;

/** Lets frames through at no more than a rate, evenly, as a bucket that fills with time and from which each frame takes 1. */
export class FramePacer {
  #framesPerSecond = Number.POSITIVE_INFINITY;
  #credit = 1;
  #atMs: number | undefined;

  get framesPerSecond(): number {
    return this.#framesPerSecond;
  }

  /** A rate that is no positive number lets nothing through. */
  set framesPerSecond(rate: number) {
    this.#framesPerSecond = rate > 0 ? rate : 0;
  }

  /** Whether a frame may go now; takes its share if so. */
  admit(nowMs: number): boolean {
    const elapsedMs = Math.max(0, nowMs - (this.#atMs ?? nowMs));
    this.#atMs = nowMs;
    if (this.#framesPerSecond === Number.POSITIVE_INFINITY) return true;
    this.#credit = Math.min(MOST_CREDIT, this.#credit + (elapsedMs * this.#framesPerSecond) / 1000);
    if (this.#credit < 1 - SLACK) return false;
    this.#credit -= 1;
    return true;
  }
}
