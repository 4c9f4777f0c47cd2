import type { OpenTask } from '../train/index.js';
import type { ChannelStatistics } from './channel-statistics.js';
import { classifierNetwork } from './networks.js';
import { CLASS_LABELS } from './sign-classes.js';
import { SignSampler, type SampleShares } from './sign-samples.js';
import { WINDOW_VALUES } from './take-features.js';

/** What the training of the default model may be told. */
export interface DefaultTaskSettings {
  readonly statistics: ChannelStatistics;
  readonly shares: SampleShares;
}

/** The task of the default model: windows of made-up signers, and which of its signs they show. */
export const openTask: OpenTask<DefaultTaskSettings> = ({ statistics, shares }) => ({
  network: classifierNetwork(statistics, CLASS_LABELS.length),
  loss: { type: 'cross-entropy', smoothing: 0.05 },
  batch(random, size) {
    // Anew for each batch: what is left of one must not reach another, since threads decide which one comes next.
    const sampler = new SignSampler(shares);
    const inputs = new Float32Array(size * WINDOW_VALUES);
    const targets = new Int32Array(size);
    for (let index = 0; index < size; index += 1) {
      const { features, target } = sampler.sample(random);
      inputs.set(features, index * WINDOW_VALUES);
      targets[index] = target;
    }
    return { inputs, targets };
  },
});
