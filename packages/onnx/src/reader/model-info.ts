import type { ValueInfo } from '../tensor/index.js';
/** What an ONNX file says of itself. */
export interface ModelInfo {
  /** Version of the file's form; 8 goes with opset 17. */
  readonly irVersion: number;
  /** Version of ONNX's own operators, 0 where none is named. */
  readonly opset: number;
  /** Versions of all sets of operators, by domain; ONNX's own is the empty one. */
  readonly opsets: ReadonlyMap<string, number>;
  /** Who made the file; empty where it does not say. */
  readonly producer: string;
  /** What has to be fed; initializers that are listed as inputs, as older files do, are left out. */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** `metadata_props`: what the exporting program wrote about the model. */
  readonly metadata: ReadonlyMap<string, string>;
  /** External and sparse ones among them. */
  readonly weights: {
    /** Those of the main graph. */
    readonly count: number;
    /** With all constants, those of branches and functions too; as dims and types say, sparse ones as what they unfold to. */
    readonly bytes: number;
  };
  /** Other files that weights lie in, each once, as the model names them. */
  readonly externalFiles: readonly string[];
}
