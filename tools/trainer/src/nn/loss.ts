/** How far outputs are from targets. */
export type LossSpec =
  | {
      /** Softmax and cross-entropy. Targets are classes (Int32Array [size]) or shares of all (Float32Array [size, classes]). */
      readonly type: 'cross-entropy';
      /** The share of a target that is spread over all classes. Left out: 0. */
      readonly smoothing?: number;
    }
  /** The mean of squared differences over a sample's outputs. */
  | { readonly type: 'squared-error' }
  /** The mean distance of points in space: outputs and targets are [size, points * 3]. */
  | { readonly type: 'joint-distance' };

/** What a step learns from. */
export interface Targets {
  /** [size] classes, or [size, outputs] values. */
  readonly targets: Int32Array | Float32Array;
  /** How much each sample counts, [size]. Left out: 1 each. */
  readonly weights?: Float32Array;
}

/** Keeps the derivative of a distance finite where points meet; in squared units of the output. */
const TINY = 1e-12;

/**
 * The sum of a part's weighted losses divided by `total`, and the gradient of that by the outputs.
 * @param outputs - [samples, width]
 * @param total - samples of the whole step, of which these may be a part
 * @param gradients - overwritten
 */
export function measureLoss(
  spec: LossSpec,
  outputs: Float32Array,
  width: number,
  targets: Targets,
  total: number,
  gradients: Float32Array,
): number {
  const samples = outputs.length / width;
  let sum = 0;
  for (let sample = 0; sample < samples; sample++) {
    const share = (targets.weights?.[sample] ?? 1) / total;
    const start = sample * width;
    if (spec.type === 'cross-entropy')
      sum += share * crossEntropy(outputs, targets.targets, sample, width, spec.smoothing ?? 0, share, gradients);
    else if (spec.type === 'squared-error')
      sum += share * squaredError(outputs, targets.targets, start, width, share, gradients);
    else sum += share * jointDistance(outputs, targets.targets, start, width, share, gradients);
  }
  return sum;
}

function crossEntropy(
  outputs: Float32Array,
  targets: Int32Array | Float32Array,
  sample: number,
  width: number,
  smoothing: number,
  share: number,
  gradients: Float32Array,
): number {
  const start = sample * width;
  let most = -Infinity;
  for (let index = start; index < start + width; index++) most = Math.max(most, outputs[index] ?? 0);
  let sum = 0;
  for (let index = start; index < start + width; index++) sum += Math.exp((outputs[index] ?? 0) - most);
  const logSum = most + Math.log(sum);
  let loss = 0;
  for (let index = start; index < start + width; index++) {
    const told = targets instanceof Int32Array ? Number(targets[sample] === index - start) : (targets[index] ?? 0);
    const target = told * (1 - smoothing) + smoothing / width;
    const logProbability = (outputs[index] ?? 0) - logSum;
    loss -= target * logProbability;
    gradients[index] = share * (Math.exp(logProbability) - target);
  }
  return loss;
}

function squaredError(
  outputs: Float32Array,
  targets: Int32Array | Float32Array,
  start: number,
  width: number,
  share: number,
  gradients: Float32Array,
): number {
  let loss = 0;
  for (let index = start; index < start + width; index++) {
    const away = (outputs[index] ?? 0) - (targets[index] ?? 0);
    loss += (away * away) / width;
    gradients[index] = (share * 2 * away) / width;
  }
  return loss;
}

function jointDistance(
  outputs: Float32Array,
  targets: Int32Array | Float32Array,
  start: number,
  width: number,
  share: number,
  gradients: Float32Array,
): number {
  const points = width / 3;
  let loss = 0;
  for (let index = start; index < start + width; index += 3) {
    const x = (outputs[index] ?? 0) - (targets[index] ?? 0);
    const y = (outputs[index + 1] ?? 0) - (targets[index + 1] ?? 0);
    const z = (outputs[index + 2] ?? 0) - (targets[index + 2] ?? 0);
    const distance = Math.sqrt(x * x + y * y + z * z + TINY);
    loss += distance / points;
    const factor = share / points / distance;
    gradients[index] = x * factor;
    gradients[index + 1] = y * factor;
    gradients[index + 2] = z * factor;
  }
  return loss;
}
