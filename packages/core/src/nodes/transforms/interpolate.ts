import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig } from '../../kinds/index.js';
import type { PacketWindow, ProcessInfo, Transform } from '../../kinds/index.js';
import { interpolateLandmarks } from '../../vision/index.js';
import type { Landmarks, TimedLandmarks } from '../../vision/index.js';

export const InterpolateConfig = z.strictObject({
  delayMs: z.number().min(0).max(1000).default(100).meta({
    title: 'Delay (ms)',
    description:
      'How far behind each packet of input at the answer lies, so that it falls between two results. The time from one result to the next plus their age is enough.',
  }),
});
export type InterpolateConfig = z.infer<typeof InterpolateConfig>;

/** What the nodes for display rates are called with, by port. */
export interface DisplayInputs {
  /** Whatever comes at the rate wanted; only its timestamp counts. */
  readonly at: unknown;
  /** The last results, from `core.buffer.window`. */
  readonly window: PacketWindow<Landmarks>;
}

/**
 * Landmarks at a display's rate: for each packet of input `at`, where everything was `delayMs` before it, between the two
 * results of the window around that time. Smooth motion for a constant delay. Nothing while the window is empty.
 */
@injectable()
export class Interpolate implements Transform<DisplayInputs, Landmarks> {
  #delayMs: number;

  constructor(@inject(NodeConfig) config: InterpolateConfig) {
    this.#delayMs = config.delayMs;
  }

  transform({ window }: DisplayInputs, info: ProcessInfo): Landmarks | undefined {
    const timestampMs = info.timestampMs - this.#delayMs;
    const results: readonly TimedLandmarks[] = window.packets;
    const next = results.findIndex((result) => result.timestampMs >= timestampMs);
    if (next === -1) return results.at(-1)?.value; // the results are older than that: the last one stands
    const [before, after] = [results[next - 1], results[next]];
    return before === undefined || after === undefined
      ? after?.value
      : interpolateLandmarks(before, after, timestampMs);
  }

  reconfigure(config: unknown): boolean {
    this.#delayMs = (config as InterpolateConfig).delayMs; // validated before it comes here
    return true;
  }
}
