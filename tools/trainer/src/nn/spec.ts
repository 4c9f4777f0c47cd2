/** What a network is made of. Values are [batch, time, channels]; a layer without time has a time of 1. */
export type LayerSpec =
  | NormaliseSpec
  | ConvSpec
  | DenseSpec
  | ReluSpec
  | LayerNormSpec
  | DropoutSpec
  | ResidualSpec
  | PoolSpec
  | FlattenSpec
  | UnitSpec
  | CosineSpec;

/** (x - mean) / deviation for each channel; fixed, and part of an exported model. */
export interface NormaliseSpec {
  readonly type: 'normalise';
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** A convolution along time with a bias. */
export interface ConvSpec {
  readonly type: 'conv';
  /** Channels that come out. */
  readonly channels: number;
  /** Moments that it sees. */
  readonly kernel: number;
  /** Moments from output to output. Left out: 1. */
  readonly stride?: number;
  /** Moments from tap to tap. Left out: 1. */
  readonly dilation?: number;
  /** `same`, zeros around so that time / stride moments come out, or `valid`, no zeros. Left out: `same`. */
  readonly padding?: 'same' | 'valid';
}

/** A matrix and a bias for each moment by itself. */
export interface DenseSpec {
  readonly type: 'dense';
  readonly channels: number;
}

/** max(x, 0). */
export interface ReluSpec {
  readonly type: 'relu';
}

/** Mean 0 and variance 1 over the channels of each moment, then a learnt gain and offset. */
export interface LayerNormSpec {
  readonly type: 'layer-norm';
}

/** In training, a share of values is put to zero and the others made larger to make up for it. */
export interface DropoutSpec {
  readonly type: 'dropout';
  /** The share, from 0 to below 1. */
  readonly rate: number;
}

/** x + layers(x), or shortcut(x) + layers(x) where the sizes differ. */
export interface ResidualSpec {
  readonly type: 'residual';
  readonly layers: readonly LayerSpec[];
  readonly shortcut?: readonly LayerSpec[];
}

/** The means over time, then the largest values over time: [time, channels] becomes [1, 2 * channels]. */
export interface PoolSpec {
  readonly type: 'pool';
}

/** [time, channels] becomes [1, time * channels]. */
export interface FlattenSpec {
  readonly type: 'flatten';
}

/** Divides each moment's channels by their L2 norm. */
export interface UnitSpec {
  readonly type: 'unit';
}

/** scale * cosine of the angle between x and the learnt direction of each class; no bias. */
export interface CosineSpec {
  readonly type: 'cosine';
  readonly classes: number;
  readonly scale: number;
}

/** Moments and channels of a value. */
export interface Shape {
  readonly time: number;
  readonly channels: number;
}

/** A network: what goes in, and its layers in turn. */
export interface NetworkSpec {
  readonly input: Shape;
  readonly layers: readonly LayerSpec[];
}

/** A network and what it has learnt. */
export interface TrainedNetwork {
  readonly network: NetworkSpec;
  /** All parameters in the order of `parametersOf`. */
  readonly weights: Float32Array;
}
