import type { SeededRandom } from '@kinegraph/signer';
import type { Arithmetic, Tensor } from '../kernel/arithmetic.js';
import type { LayerSpec, Shape } from './spec.js';

/** A learnt tensor of a layer. */
export interface ParameterSpec {
  readonly name: string;
  readonly dims: readonly number[];
  /** How it begins: drawn with the deviation of He (2015) for this many inputs, or all one value. */
  readonly start: { readonly inputs: number } | { readonly value: number };
  /** Whether weight decay acts on it: on matrices, not on biases and gains. */
  readonly decays: boolean;
}

/** A parameter's values and their gradients. */
export interface Slot {
  readonly weights: Tensor;
  /** Sums up; left out where nothing is trained. */
  readonly gradients: Tensor | undefined;
}

/** What a layer is built with. */
export interface Site {
  readonly arithmetic: Arithmetic;
  readonly input: Shape;
  readonly output: Shape;
  /** The most samples of a pass. */
  readonly batch: number;
  /** One for each parameter of the kind. */
  readonly slots: readonly Slot[];
  /** Whether a backward pass may follow. */
  readonly isTraining: boolean;
  /** Whether a layer below learns, so that the gradient of the input is needed. */
  readonly passesGradient: boolean;
  /** One for each list of `LayerKind.nested`. */
  readonly nested: readonly Layer[];
  /** Floats for the time of one call, shared by all layers. */
  scratch(count: number): Tensor;
}

/** A layer with its memory. Forward and backward are called in turn. */
export interface Layer {
  /**
   * @param count - samples, at most the site's batch
   * @param random - for layers that draw numbers in training; left out: not training
   * @returns the output, valid until the next call
   */
  forward(input: Tensor, count: number, random?: SeededRandom): Tensor;
  /**
   * Adds to the gradients of its parameters.
   * @param gradient - of the loss by the output; read only
   * @returns the gradient by the input, where the site passes it on; valid until the next call
   */
  backward(gradient: Tensor, count: number): Tensor | undefined;
}

/** What a type of layer is. */
export interface LayerKind<Spec extends LayerSpec> {
  /** @returns what comes out, or the reason why the spec does not fit */
  shape(spec: Spec, input: Shape, nested: readonly Shape[]): Shape | string;
  /** Its own parameters, without those of layers within. */
  parameters?(spec: Spec, input: Shape): readonly ParameterSpec[];
  /** Layers within, all fed with the same input. */
  nested?(spec: Spec): readonly (readonly LayerSpec[])[];
  build(spec: Spec, site: Site): Layer;
}
