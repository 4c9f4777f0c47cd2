import { SeededRandom } from '@kinegraph/signer';
import { measureLoss, Network } from '../nn/index.js';
import { checkBatch, type TrainingTask } from './task.js';

/** A part of a step's samples. */
export interface ShardRequest {
  readonly step: number;
  readonly shard: number;
}

/** Works on shards of one size, one at a time. */
export class ShardWorker {
  readonly #network: Network;

  /**
   * @param size - samples of a shard
   * @param total - samples of a whole step
   */
  constructor(
    private readonly task: TrainingTask,
    private readonly seed: number,
    private readonly size: number,
    private readonly total: number,
  ) {
    this.#network = new Network(task.network, { batch: size, isTraining: true });
  }

  /**
   * Makes the shard's samples, and the gradients of its part of the mean loss. The result depends on the seed, the step,
   * the shard and the weights alone.
   * @param gradients - overwritten
   * @returns its part of the mean loss
   * @throws TrainerError `TRAINER_BAD_TASK`
   */
  run({ step, shard }: ShardRequest, weights: Float32Array, gradients: Float32Array): number {
    const network = this.#network;
    const random = new SeededRandom(this.seed).fork(`step ${step} shard ${shard}`);
    const batch = this.task.batch(random, this.size, step);
    checkBatch(this.task, batch, this.size);
    network.weights.set(weights);
    network.gradients.fill(0);
    network.inputs.set(batch.inputs);
    const outputs = network.forward(this.size, random.fork('layers'));
    const width = network.output.time * network.output.channels;
    const loss = measureLoss(this.task.loss, outputs, width, batch, this.total, network.outputGradients);
    network.backward(this.size);
    gradients.set(network.gradients);
    return loss;
  }
}
