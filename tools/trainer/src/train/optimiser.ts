import type { PlacedParameter } from '../nn/index.js';

/** Settings of the optimiser; each has a value that suits most networks of a few 100,000 parameters. */
export interface OptimiserOptions {
  /** The largest step. Left out: 0.001. */
  readonly rate?: number;
  /** How much of a matrix goes away in a step, in rates. Left out: 0.01. */
  readonly weightDecay?: number;
  /** Left out: 0.9. */
  readonly beta1?: number;
  /** Left out: 0.999. */
  readonly beta2?: number;
  /** The share of steps in which the rate grows to its largest. Left out: 0.05. */
  readonly warmup?: number;
  /** The rate at the end of the cosine, as a share of the largest. Left out: 0.01. */
  readonly finalRate?: number;
  /** The largest norm of all gradients together; larger ones are made shorter. 0: no limit. Left out: 1. */
  readonly clip?: number;
  /** How much of the average of weights stays in each step, such as 0.999. 0: no average. Left out: 0. */
  readonly average?: number;
}

const TINY = 1e-8;

/**
 * Adam with weight decay beside the gradient (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019,
 * arXiv:1711.05101), a rate that warms up and falls along a cosine, and an average of the weights.
 */
export class Optimiser {
  /** The average of weights, where one is asked for; otherwise the weights. */
  readonly averaged: Float32Array;
  readonly #options: Required<OptimiserOptions>;
  readonly #first: Float32Array;
  readonly #second: Float32Array;
  readonly #decays: Uint8Array;

  /** @param weights - changed in place by `step` */
  constructor(
    private readonly weights: Float32Array,
    parameters: readonly PlacedParameter[],
    private readonly steps: number,
    options: OptimiserOptions = {},
  ) {
    this.#options = {
      ...{
        rate: 1e-3,
        weightDecay: 0.01,
        beta1: 0.9,
        beta2: 0.999,
        warmup: 0.05,
        finalRate: 0.01,
        clip: 1,
        average: 0,
      },
      ...options,
    };
    this.#first = new Float32Array(weights.length);
    this.#second = new Float32Array(weights.length);
    this.#decays = new Uint8Array(weights.length);
    for (const { decays, offset, size } of parameters) this.#decays.fill(Number(decays), offset, offset + size);
    this.averaged = this.#options.average > 0 ? weights.slice() : weights;
  }

  /** @param step - from 0 */
  rateAt(step: number): number {
    const { finalRate, rate, warmup } = this.#options;
    const warm = Math.max(1, Math.round(warmup * this.steps));
    if (step < warm) return (rate * (step + 1)) / warm;
    const share = (step - warm) / Math.max(1, this.steps - warm);
    return rate * (finalRate + ((1 - finalRate) * (1 + Math.cos(Math.PI * share))) / 2);
  }

  /**
   * Changes the weights.
   * @param step - from 0, in turn
   * @param gradients - of the mean loss
   */
  step(step: number, gradients: Float32Array): void {
    const { beta1, beta2, clip, weightDecay } = this.#options;
    const rate = this.rateAt(step);
    const length = lengthOf(gradients);
    const shrink = clip > 0 && length > clip ? clip / length : 1;
    const firstFactor = rate / (1 - beta1 ** (step + 1));
    const secondFactor = 1 / (1 - beta2 ** (step + 1));
    const [weights, first, second, decays] = [this.weights, this.#first, this.#second, this.#decays];
    for (let index = 0; index < weights.length; index++) {
      const gradient = (gradients[index] ?? 0) * shrink;
      const mean = beta1 * (first[index] ?? 0) + (1 - beta1) * gradient;
      const square = beta2 * (second[index] ?? 0) + (1 - beta2) * gradient * gradient;
      first[index] = mean;
      second[index] = square;
      const weight = weights[index] ?? 0;
      const decay = rate * weightDecay * (decays[index] ?? 0) * weight;
      weights[index] = weight - decay - (firstFactor * mean) / (Math.sqrt(square * secondFactor) + TINY);
    }
    this.#average(step);
  }

  #average(step: number): void {
    if (this.averaged === this.weights) return;
    // Early on the average is short, so that it soon forgets the weights drawn at the start.
    const stays = Math.min(this.#options.average, (1 + step) / (10 + step));
    const [averaged, weights] = [this.averaged, this.weights];
    for (let index = 0; index < averaged.length; index++)
      averaged[index] = stays * (averaged[index] ?? 0) + (1 - stays) * (weights[index] ?? 0);
  }
}

function lengthOf(values: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index] ?? 0) ** 2;
  return Math.sqrt(sum);
}
