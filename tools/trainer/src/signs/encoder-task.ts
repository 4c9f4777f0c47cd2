import { sampleProceduralTake } from '@kinegraph/signer';
import type { OpenTask } from '../train/index.js';
import type { ChannelStatistics } from './channel-statistics.js';
import { encoderNetwork } from './networks.js';
import { WINDOW_VALUES, featuresOfTake } from './take-features.js';

/** What the training of the encoder may be told. */
export interface EncoderTaskSettings {
  readonly statistics: ChannelStatistics;
  /** Length of the embedding. */
  readonly embedding: number;
  /** Made-up signs to be told apart. */
  readonly classes: number;
}

/** The task of the encoder: takes of made-up signs, and which of them each is. */
export const openTask: OpenTask<EncoderTaskSettings> = ({ statistics, embedding, classes }) => ({
  network: encoderNetwork(statistics, embedding, classes),
  loss: { type: 'cross-entropy', smoothing: 0.05 },
  batch(random, size) {
    const inputs = new Float32Array(size * WINDOW_VALUES);
    const targets = new Int32Array(size);
    for (let index = 0; index < size;) {
      const sign = Math.floor(random.next() * classes);
      const features = featuresOfTake(sampleProceduralTake(sign, random));
      if (features === undefined) continue;
      inputs.set(features, index * WINDOW_VALUES);
      targets[index] = sign;
      index += 1;
    }
    return { inputs, targets };
  },
});
