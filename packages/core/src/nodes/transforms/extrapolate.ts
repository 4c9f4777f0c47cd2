import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig } from '../../kinds/index.js';
import type { ProcessInfo, Transform } from '../../kinds/index.js';
import { MAX_EXTRAPOLATION_MS, extrapolateLandmarks } from '../../vision/index.js';
import type { Landmarks } from '../../vision/index.js';
import type { DisplayInputs } from './interpolate.js';

export const ExtrapolateConfig = z.strictObject({
  maxMs: z.number().min(0).max(MAX_EXTRAPOLATION_MS).default(MAX_EXTRAPOLATION_MS).meta({
    title: 'At most (ms)',
    description: 'How far landmarks are moved on beyond the last result; later than that they stay.',
  }),
});
export type ExtrapolateConfig = z.infer<typeof ExtrapolateConfig>;

/**
 * Landmarks at a display's rate without a delay: for each packet of input `at`, where everything will have got to by then
 * if it goes on as between the last two results of the window. Nothing while the window is empty.
 */
@injectable()
export class Extrapolate implements Transform<DisplayInputs, Landmarks> {
  #maxMs: number;

  constructor(@inject(NodeConfig) config: ExtrapolateConfig) {
    this.#maxMs = config.maxMs;
  }

  transform({ window }: DisplayInputs, info: ProcessInfo): Landmarks | undefined {
    const [before, after] = [window.packets.at(-2), window.packets.at(-1)];
    if (before === undefined || after === undefined) return after?.value;
    return extrapolateLandmarks(before, after, info.timestampMs, this.#maxMs);
  }

  reconfigure(config: unknown): boolean {
    this.#maxMs = (config as ExtrapolateConfig).maxMs; // validated before it comes here
    return true;
  }
}
