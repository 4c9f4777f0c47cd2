import type { ElementType, OnnxTensor, OnnxTensors } from '../tensor/index.js';

/** The size of one axis: a number from 0, the name of a size that may vary, or null where nothing is known of it. */
export type Dim = number | string | null;

/** An input or output of a graph. */
export interface ValueSpec {
  readonly name: string;
  readonly type: ElementType;
  /** Left out: even the number of axes is open. */
  readonly dims?: readonly Dim[];
}

/** The value of a node's attribute. The kind is written out, since 1 may be meant as an int and as a float. */
export type AttributeSpec =
  | { readonly int: number | bigint }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly ints: readonly (number | bigint)[] }
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly string[] }
  | { readonly tensor: OnnxTensor }
  | { readonly graph: GraphSpec };

/** One operation. */
export interface OperationSpec {
  /** `Conv`, `Relu`, ... @see https://onnx.ai/onnx/operators/ */
  readonly op: string;
  readonly name?: string;
  /** Names of values, in the operator's order; empty for an optional one that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
  /** Left out: the operators of ONNX itself. Another one has to be named in `ModelSpec.opsets`. */
  readonly domain?: string;
}

/** A graph: operations in an order in which each finds its inputs already made. */
export interface GraphSpec {
  readonly name: string;
  readonly inputs: readonly ValueSpec[];
  readonly outputs: readonly ValueSpec[];
  readonly nodes: readonly OperationSpec[];
  /** Constants by name: weights, shapes. */
  readonly initializers?: OnnxTensors;
}

/** What goes into an ONNX file. */
export interface ModelSpec {
  readonly graph: GraphSpec;
  /** Version of ONNX's own operators. Left out: 17. */
  readonly opset?: number;
  /** Versions of other sets of operators, by domain. */
  readonly opsets?: Readonly<Record<string, number>>;
  /** Version of the file's form. Left out: 8, which goes with opset 17. */
  readonly irVersion?: number;
  /** Pairs that say what the model is, `metadata_props`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Who made the file. Left out: `kinegraph`. */
  readonly producer?: string;
  readonly description?: string;
}
